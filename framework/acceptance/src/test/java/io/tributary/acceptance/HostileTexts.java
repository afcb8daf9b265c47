package io.tributary.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Texts that run something where they are read as anything but text: each of them would set
/// `window.hacked`, in one context or another.
final class HostileTexts {

    private static final List<String> CODES =
            List.of(
                    "window.hacked=1",
                    "top.hacked=1",
                    "self['hack'+'ed']=1",
                    "alert(1)",
                    "eval('hacked=1')",
                    "fetch('//127.0.0.1:9/'+document.cookie)",
                    "import('data:text/javascript,window.hacked=1')",
                    "Function('hacked=1')()",
                    "document.body.innerHTML='hacked'",
                    "setTimeout('hacked=1')");

    private static final List<String> FORMS =
            List.of(
                    "<script>%s</script>",
                    "<ScRiPt >%s</sCrIpT >",
                    "<scr<script>ipt>%s</script>",
                    "<script src=data:text/javascript,%s></script>",
                    "\"><script>%s</script>",
                    "'><script>%s</script>",
                    "</textarea><script>%s</script>",
                    "</title><script>%s</script>",
                    "</script><script>%s</script>",
                    "--><script>%s</script><!--",
                    "]]><script>%s</script>",
                    "<img src=x onerror=\"%s\">",
                    "<img src=x onerror=%s//",
                    "<img/src='x'/onerror='%s'>",
                    "\"><img src=x onerror=\"%s\">",
                    "<image href=x onerror=\"%s\">",
                    "<svg onload=\"%s\">",
                    "<svg><script>%s</script></svg>",
                    "<svg><animate onbegin=\"%s\" attributeName=x dur=1s>",
                    "<svg><a xlink:href=\"javascript:%s\"><text y=20>x</text></a></svg>",
                    "<math><mi xlink:href=\"javascript:%s\">x</mi></math>",
                    "<body onload=\"%s\">",
                    "<iframe src=\"javascript:%s\"></iframe>",
                    "<iframe srcdoc=\"<script>parent.%s</script>\"></iframe>",
                    "<object data=\"javascript:%s\"></object>",
                    "<embed src=\"javascript:%s\">",
                    "<a href=\"javascript:%s\">press</a>",
                    "<form action=\"javascript:%s\"><button>press</button></form>",
                    "<button formaction=\"javascript:%s\">press</button>",
                    "<details open ontoggle=\"%s\"><summary>x</summary></details>",
                    "<input autofocus onfocus=\"%s\">",
                    "<select autofocus onfocus=\"%s\"></select>",
                    "<video><source onerror=\"%s\"></video>",
                    "<audio src=x onerror=\"%s\"></audio>",
                    "<marquee onstart=\"%s\">x</marquee>",
                    "<style onload=\"%s\"></style>",
                    "<style>@import 'javascript:%s';</style>",
                    "<link rel=stylesheet href=x onerror=\"%s\">",
                    "<meta http-equiv=refresh content=\"0;url=javascript:%s\">",
                    "<base href=\"javascript:%s//\">",
                    "<template><script>%s</script></template>",
                    "<div style=\"background:url(javascript:%s)\">x</div>",
                    "<xss onpointerenter=\"%s\" style=position:fixed;inset:0>x</xss>",
                    "javascript:%s",
                    "JaVaScRiPt:%s",
                    "java\tscript:%s",
                    " javascript:%s",
                    "data:text/html,<script>%s</script>",
                    "{{constructor.constructor(\"%s\")()}}",
                    "${%s}",
                    "[x](javascript:%s)",
                    "https://a.example/\"onmouseover=\"%s",
                    "https://a.example/<script>%s</script>");

    private static final List<String> ODD =
            List.of(
                    "\u202Eevil\u202C",
                    "\u2066\u2067x\u2069",
                    "\u200B\u200C\u200D",
                    "\uFEFFbyte order",
                    "\u2028line\u2029paragraph",
                    "Z\u0351\u036B\u0343a\u0363\u0352l\u034Cg\u0334o",
                    "👩‍👩‍👧‍👦🏳️‍🌈",
                    "مرحبا <b>بالعالم</b>",
                    "Ω≈ç√∫˜µ≤≥÷",
                    "'; DROP TABLE interaction; --",
                    "../../../../etc/passwd%00",
                    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
                    "&#60;script&#62;window.hacked=1&#60;/script&#62;",
                    "%3Cscript%3Ewindow.hacked=1%3C/script%3E",
                    "\\u003cscript\\u003ewindow.hacked=1\\u003c/script\\u003e",
                    "__proto__",
                    "constructor",
                    "true",
                    "null",
                    "NaN",
                    "[object Object]",
                    "x".repeat(4_000));

    private HostileTexts() {}

    /// More than 500, each another.
    static List<String> all() {
        var texts = new LinkedHashSet<String>(ODD);
        for (var form : FORMS) {
            for (var code : CODES) {
                texts.add(form.replace("%s", code).strip());
            }
        }
        return new ArrayList<>(texts);
    }

    /// All of them in fewer, each a line of its own.
    ///
    /// @param longest no longer than that
    static List<String> together(int longest) {
        var together = new ArrayList<String>();
        var lines = new StringBuilder();
        for (var text : all()) {
            if (!lines.isEmpty() && lines.length() + text.length() >= longest) {
                together.add(lines.toString());
                lines.setLength(0);
            }
            lines.append(lines.isEmpty() ? "" : "\n").append(text);
        }
        together.add(lines.toString());
        return together;
    }
}
