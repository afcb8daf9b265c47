package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// Files that run something where they are opened, embedded or guessed at: each would set
/// `window.hacked` or show a dialog. With names that run something where they are read as anything
/// but text, and with types that are true, and that are not.
final class HostileFiles {

    private static final String RUN =
            "try{top.hacked=1}catch(e){};try{opener.hacked=1}catch(e){};window.hacked=1;alert(1)";
    private static final String HTML = "<!DOCTYPE html><script>" + RUN + "</script>";

    private static final List<String> NAMES =
            List.of(
                    "<img src=x onerror=window.hacked=1>.svg",
                    "\"><svg onload=window.hacked=1>.png",
                    "' onmouseover='window.hacked=1.gif",
                    "javascript:window.hacked=1.html",
                    "..\\..\\index.html",
                    "picture\u202Egnp.html",
                    "a.svg#.png",
                    "a.php%00.jpg",
                    "&lt;script&gt;.js",
                    "CON");

    /// What a liar would say, one after the other.
    private static final List<String> LIES =
            List.of("image/png", "text/plain", "text/html", "application/octet-stream", "");

    private HostileFiles() {}

    /// Each content under its own type, and under a false one.
    static List<FilePayload> all() {
        var files = new ArrayList<FilePayload>();
        for (var content : contents().entrySet()) {
            var type = content.getKey().substring(0, content.getKey().indexOf(' '));
            for (var said : List.of(type, LIES.get(files.size() / 2 % LIES.size()))) {
                var name = NAMES.get(files.size() % NAMES.size());
                files.add(
                        new FilePayload("f" + files.size() + " " + name, said, content.getValue()));
            }
        }
        return files;
    }

    /// Those that a browser takes for pictures, and that are something else as well.
    static List<FilePayload> pictures() {
        return all().stream().filter(each -> each.mimeType.matches("image/(png|gif)")).toList();
    }

    /// What is not of a kind that cannot run anything is downloaded, and not believed to be
    /// another.
    static void assertInert(BrowserContext browser, String link) {
        var headers = browser.request().get(link).headers();
        assertThat(headers).containsEntry("x-content-type-options", "nosniff");
        assertThat(headers.get("content-security-policy")).contains("sandbox");
        if (!headers.get("content-disposition").startsWith("attachment")) {
            assertThat(headers.get("content-type")).matches("image/(png|gif|jpeg|webp|bmp)");
        }
    }

    /// By type, with what tells them apart behind it.
    private static Map<String, byte[]> contents() {
        var contents = new LinkedHashMap<String, byte[]>();
        documents(contents);
        vectors(contents);
        programs(contents);
        polyglots(contents);
        return contents;
    }

    private static void documents(Map<String, byte[]> into) {
        into.put("text/html plain", bytes(HTML));
        into.put("text/html bom", HTML.getBytes(StandardCharsets.UTF_16));
        into.put("text/html utf-7", bytes("+ADw-script+AD4-" + RUN + "+ADw-/script+AD4-"));
        into.put("text/html late", bytes(" ".repeat(2_000) + HTML));
        into.put("text/html comment", bytes("<!--" + "-".repeat(600) + "-->" + HTML));
        into.put(
                "text/html refresh",
                bytes("<meta http-equiv=refresh content=\"0;url=javascript:" + RUN + "\">"));
        into.put(
                "application/xhtml+xml script",
                bytes(
                        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><script>"
                                + RUN
                                + "</script></html>"));
        into.put(
                "text/xml script",
                bytes(
                        "<?xml version=\"1.0\"?><a xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script>"
                                + RUN
                                + "</h:script></a>"));
        into.put(
                "text/xml style",
                bytes(
                        "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"#s\"?><x:stylesheet id=\"s\" version=\"1.0\" xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"><x:template match=\"/\"><script xmlns=\"http://www.w3.org/1999/xhtml\">"
                                + RUN
                                + "</script></x:template></x:stylesheet>"));
        into.put(
                "multipart/related mhtml",
                bytes(
                        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
                                + HTML
                                + "\r\n--b--\r\n"));
        into.put("text/plain html", bytes("notes\n" + HTML));
        into.put("application/json html", bytes("{\"a\":\"" + HTML + "\"}"));
        into.put("text/csv html", bytes("=cmd|' /C calc'!A0," + HTML));
        into.put("text/vcard html", bytes("BEGIN:VCARD\nFN:" + HTML + "\nEND:VCARD\n"));
        into.put(
                "application/pdf script",
                bytes(
                        "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>"));
    }

    private static void vectors(Map<String, byte[]> into) {
        for (var inside :
                List.of(
                        "<script>" + RUN + "</script>",
                        "<g onload=\"" + RUN + "\"/>",
                        "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" srcdoc=\"&lt;script&gt;"
                                + RUN
                                + "&lt;/script&gt;\"/></foreignObject>",
                        "<a href=\"javascript:" + RUN + "\"><text y=\"20\">press</text></a>",
                        "<set attributeName=\"onload\" to=\"" + RUN + "\"/>",
                        "<image href=\"x\" onerror=\"" + RUN + "\"/>")) {
            into.put(
                    "image/svg+xml " + into.size(),
                    bytes(
                            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\""
                                    + RUN
                                    + "\">"
                                    + inside
                                    + "</svg>"));
        }
    }

    private static void programs(Map<String, byte[]> into) {
        into.put("text/javascript plain", bytes(RUN));
        into.put("application/javascript module", bytes("export default 1;" + RUN));
        into.put("text/css import", bytes("@import 'javascript:" + RUN + "';"));
        into.put("application/hta script", bytes("<HTA:APPLICATION>" + HTML));
        into.put("application/x-shockwave-flash head", bytes("FWS\u0009" + HTML));
        into.put(
                "application/internet-shortcut url", bytes("[InternetShortcut]\nURL=javascript:1"));
    }

    /// Pictures that are programs or pages as well.
    private static void polyglots(Map<String, byte[]> into) {
        // a GIF of 10,799 by 10,799 whose head begins a JavaScript comment
        into.put("image/gif script", latin("GIF89a/*\0\0\0\0\0\0*/=1;" + RUN + "//;"));
        into.put("image/gif page", latin("GIF89a\1\0\1\0\0\0\0!\u00fe\u007f" + HTML + "\0;"));
        into.put("image/bmp script", latin("BM=1;" + RUN + "//"));
        into.put(
                "image/jpeg page",
                latin("\u00ff\u00d8\u00ff\u00fe\u0001\0" + HTML + "\u00ff\u00d9"));
        into.put("image/webp page", latin("RIFF\u0010\1\0\0WEBPVP8 " + HTML));
        into.put("image/png text", png(HTML));
        into.put("image/png end", together(png("x"), bytes(HTML)));
        into.put("image/x-icon page", latin("\0\0\1\0\1\0" + HTML));
    }

    /// One white dot, and a comment.
    private static byte[] png(String comment) {
        var png = new ByteArrayOutputStream();
        png.writeBytes(latin("\u0089PNG\r\n\u001a\n"));
        chunk(png, "IHDR", latin("\0\0\0\1\0\0\0\1\b\0\0\0\0"));
        chunk(png, "tEXt", latin("Comment\0" + comment));
        chunk(png, "IDAT", latin("\u0078\u009c\u0063\u00f8\u000f\0\1\1\1\0"));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String kind, byte[] data) {
        var body = together(bytes(kind), data);
        var sum = new CRC32();
        sum.update(body);
        number(png, data.length);
        png.writeBytes(body);
        number(png, (int) sum.getValue());
    }

    private static void number(ByteArrayOutputStream png, int number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            png.write(number >>> shift);
        }
    }

    private static byte[] together(byte[] one, byte[] other) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin(String text) {
        Charset latin = StandardCharsets.ISO_8859_1;
        return text.getBytes(latin);
    }
}
