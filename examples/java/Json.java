import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON: objects as Map, arrays as List, the rest as String, Double, Boolean, null. JDK 8 has nothing for it. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        return (Map<String, Object>) new Json(text).value();
    }

    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private Object value() {
        char sign = next();
        if (sign == '{') {
            Map<String, Object> found = new LinkedHashMap<>();
            for (sign = next(); sign != '}'; sign = next()) {
                if (sign == ',') {
                    next();
                }
                String name = string();
                next();                                 // the colon
                found.put(name, value());
            }
            return found;
        }
        if (sign == '[') {
            List<Object> found = new ArrayList<>();
            for (sign = next(); sign != ']'; sign = next()) {
                if (sign != ',') {
                    at--;
                }
                found.add(value());
            }
            return found;
        }
        if (sign == '"') {
            return string();
        }
        int from = at - 1;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        return word.equals("null") ? null : word.equals("true") || word.equals("false") ? Boolean.valueOf(word)
            : (Object) Double.valueOf(word);
    }

    /** The next sign that is no blank. */
    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at++);
    }

    /** A string whose opening quote was read. */
    private String string() {
        StringBuilder found = new StringBuilder();
        for (char sign = text.charAt(at++); sign != '"'; sign = text.charAt(at++)) {
            if (sign == '\\') {
                sign = text.charAt(at++);
                int known = "bfnrt".indexOf(sign);
                if (sign == 'u') {
                    sign = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                    at += 4;
                } else if (known >= 0) {
                    sign = "\b\f\n\r\t".charAt(known);
                }
            }
            found.append(sign);
        }
        return found.toString();
    }
}
