import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** How far each source is read, in a file that is replaced whole: `transfer=epoch.position`. */
final class Places {
    private final Path file;
    private final Properties kept = new Properties();

    Places(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                kept.load(in);
            }
        }
    }

    /** What a feed takes as `after`; empty: nothing was read yet. */
    String mark(String source) {
        return kept.getProperty(source, "");
    }

    String epoch(String source) {
        String mark = mark(source);
        return mark.substring(0, Math.max(0, mark.lastIndexOf('.')));
    }

    long position(String source) {
        String mark = mark(source);
        return mark.isEmpty() ? 0 : Long.parseLong(mark.substring(mark.lastIndexOf('.') + 1));
    }

    void reached(String source, String epoch, long position) throws IOException {
        kept.setProperty(source, epoch + "." + position);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            kept.store(out, null);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
