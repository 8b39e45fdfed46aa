import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Liandong over HTTP: signs in, reads a page of a feed. */
final class Feed {
    /** A page: its items (position, prev, epoch, body), where to go on, and whether there is more. */
    static final class Page {
        final List<String> items = new ArrayList<>();
        String next;
        boolean more;
    }

    private final String base;
    private final String login;
    private String token = "";

    /** `login`: the JSON body of a sign-in, with an api_key, or with login and password. */
    Feed(String base, String login) {
        this.base = base;
        this.login = login;
    }

    Page read(String source, String after) throws IOException {
        String path = "/api/" + source + "/feed?limit=1000&after=" + URLEncoder.encode(after, "UTF-8");
        HttpURLConnection asked = ask(path);
        if (asked.getResponseCode() == 401) {           // a token holds ten minutes
            signIn();
            asked = ask(path);
        }
        if (asked.getResponseCode() != 200) {           // 410: a new epoch, see the integration guide
            throw new IOException(path + ": " + asked.getResponseCode() + " " + text(asked.getErrorStream()));
        }
        Page page = new Page();
        for (String line : text(asked.getInputStream()).split("\n")) {
            if (!line.isEmpty()) {
                page.items.add(line);
            }
        }
        page.next = asked.getHeaderField("Feed-Next");
        page.more = "true".equals(asked.getHeaderField("Feed-More"));
        return page;
    }

    private HttpURLConnection ask(String path) throws IOException {
        HttpURLConnection asked = open(path);
        asked.setRequestProperty("Accept", "application/x-ndjson");
        asked.setRequestProperty("Authorization", "Bearer " + token);
        return asked;
    }

    private void signIn() throws IOException {
        HttpURLConnection asked = open("/api/desk/session");
        asked.setRequestMethod("POST");
        asked.setDoOutput(true);
        asked.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = asked.getOutputStream()) {
            out.write(login.getBytes(StandardCharsets.UTF_8));
        }
        if (asked.getResponseCode() != 200) {
            throw new IOException("sign-in: " + asked.getResponseCode() + " " + text(asked.getErrorStream()));
        }
        token = (String) Json.object(text(asked.getInputStream())).get("token");
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection asked = (HttpURLConnection) new URL(base + path).openConnection();
        asked.setConnectTimeout(10_000);
        asked.setReadTimeout(60_000);
        return asked;
    }

    private static String text(InputStream stream) throws IOException {
        StringBuilder found = new StringBuilder();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                found.append(line).append('\n');
            }
        }
        return found.toString();
    }
}
