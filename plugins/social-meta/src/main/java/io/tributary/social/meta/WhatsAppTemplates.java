package io.tributary.social.meta;

import io.tributary.model.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Templates that Meta has approved before
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-messages).
///
/// Where a value goes stands in its name: `1`, `2` … or the name of a gap in the text, `header.1`
/// in the heading, `header.image` (`video`, `document`) the address of its file, `button.url.0` the
/// end of the address behind the first button, `button.quick_reply.0` what it brings back,
/// `button.copy_code.0` its code.
final class WhatsAppTemplates {

    private static final String HEADER = "header.";
    private static final String BUTTON = "button.";

    private WhatsAppTemplates() {}

    static Members of(Content.Template template) {
        var language = Members.of("code", template.locale().toLanguageTag().replace('-', '_'));
        var components = components(template.values());
        return Members.of("type", "template")
                .with(
                        "template",
                        Members.of("name", template.name())
                                .with("language", language)
                                .with("components", components.isEmpty() ? null : components));
    }

    private static List<Members> components(Map<String, String> values) {
        var header = new LinkedHashMap<String, String>();
        var body = new LinkedHashMap<String, String>();
        var components = new ArrayList<Members>();
        var buttons = new ArrayList<Members>();
        values.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                header.put(name.substring(HEADER.length()), value);
            } else if (name.startsWith(BUTTON)) {
                buttons.add(button(name.substring(BUTTON.length()), value));
            } else {
                body.put(name, value);
            }
        });
        if (!header.isEmpty()) {
            components.add(component("header", header));
        }
        if (!body.isEmpty()) {
            components.add(component("body", body));
        }
        components.addAll(buttons);
        return components;
    }

    private static Members component(String type, Map<String, String> values) {
        return Members.of("type", type).with("parameters", parameters(values));
    }

    /// Numbered ones in their order, others by name.
    private static List<Members> parameters(Map<String, String> values) {
        var numbered = new TreeMap<Integer, Members>();
        var named = new ArrayList<Members>();
        values.forEach((name, value) -> {
            switch (name) {
                case "image", "video", "document" ->
                        named.add(Members.of("type", name).with(name, Members.of("link", value)));
                default -> {
                    var text = Members.of("type", "text").with("text", value);
                    if (isNumber(name)) {
                        numbered.put(Integer.valueOf(name), text);
                    } else {
                        named.add(text.with("parameter_name", name));
                    }
                }
            }
        });
        var all = new ArrayList<>(numbered.values());
        all.addAll(named);
        return all;
    }

    private static Members button(String kindAndIndex, String value) {
        int dot = kindAndIndex.lastIndexOf('.');
        var kind = dot < 0 ? kindAndIndex : kindAndIndex.substring(0, dot);
        var index = dot < 0 ? "0" : kindAndIndex.substring(dot + 1);
        var type =
                switch (kind) {
                    case "quick_reply" -> "payload";
                    case "copy_code" -> "coupon_code";
                    default -> "text";
                };
        return Members.of("type", "button")
                .with("sub_type", kind)
                .with("index", index)
                .with("parameters", List.of(Members.of("type", type).with(type, value)));
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty()
                && name.length() <= 3
                && name.chars().allMatch(next -> next >= '0' && next <= '9');
    }
}
