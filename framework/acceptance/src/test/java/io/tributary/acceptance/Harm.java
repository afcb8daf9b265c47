package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/// What a text or file would have done to a page where it was read as anything but what it is.
final class Harm {

    private static final String LOOK =
            """
            roots => {
              const found = [];
              const never = ['script', 'iframe', 'object', 'embed', 'math', 'marquee', 'base', 'meta', 'video', 'audio',
                'details', 'template', 'animate', 'set', 'foreignobject', 'xss'];
              const leads = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'srcdoc'];
              const look = (root) => {
                for (const each of root.querySelectorAll('*')) {
                  const name = each.localName.toLowerCase();
                  if (never.includes(name)) found.push(name);
                  for (const { name: attribute, value } of each.attributes) {
                    const picture = name === 'img' && /^data:/i.test(value);
                    if (attribute.startsWith('on') || (leads.includes(attribute) && !picture && /^\\s*(javascript|vbscript|data):/i.test(value))) {
                      found.push(`${name} ${attribute}=${value}`);
                    }
                  }
                  if (each.shadowRoot) look(each.shadowRoot);
                }
              };
              for (const root of document.querySelectorAll(roots)) look(root.shadowRoot ?? root);
              return found;
            }
            """;

    private Harm() {}

    /// @param roots which of the page's elements strangers' words are in
    static void assertNone(Page page, String roots) {
        assertThat(page.evaluate("String(window.hacked)")).isEqualTo("undefined");
        assertThat(page.locator(roots).count()).as(roots).isPositive();
        assertThat(page.evaluate(LOOK, roots)).isEqualTo(List.of());
        assertThat(page.frames()).hasSize(1);
    }
}
