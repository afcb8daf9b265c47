package io.tributary.host.api;

import io.tributary.host.outbound.Capable;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Support;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What a conversation can carry, in JSON. What is not limited is missing; the same capabilities
/// have the same `version`, whenever their window closes.
final class CapabilityView {

    private CapabilityView() {}

    static ObjectNode of(Capable capable) {
        Capabilities capabilities = capable.capabilities();
        ObjectNode view = RequestJson.JSON.createObjectNode();
        ObjectNode content = view.putObject("content");
        new TreeMap<>(capabilities.content())
                .forEach((type, support) -> put(content.putObject(type), support));
        view.put("together", capabilities.together());
        Capabilities.Window window = capabilities.window();
        if (window != null) {
            ObjectNode shown = view.putObject("window");
            if (window.closesAt() != null) {
                shown.put("closesAt", window.closesAt().toString());
            }
            put(shown, "after", window.after());
        }
        var rates = view.putArray("rates");
        for (Capabilities.Rate rate : capabilities.rates()) {
            rates.addObject()
                    .put("scope", word(rate.scope()))
                    .put("permits", rate.permits())
                    .put("per", rate.per().toString());
        }
        put(view, "receipts", capabilities.receipts().stream().map(CapabilityView::word).toList());
        view.put("mayStart", capabilities.mayStart());
        return view.put("version", capable.version());
    }

    private static void put(ObjectNode view, Support support) {
        view.put("level", word(support.level()));
        if (support.length() > 0) {
            view.put("length", support.length());
        }
        if (support.length() > 0 || support.label() > 0) {
            view.put("unit", PreviewView.word(support.unit()));
        }
        if (support.count() > 0) {
            view.put("count", support.count());
        }
        if (support.label() > 0) {
            view.put("label", support.label());
        }
        if (support.bytes() > 0) {
            view.put("bytes", support.bytes());
        }
        if (!support.values().isEmpty()) {
            put(view, "values", support.values());
        }
        if (support.age().isPositive()) {
            view.put("age", support.age().toString());
        }
    }

    private static void put(ObjectNode view, String name, Collection<String> words) {
        var list = view.putArray(name);
        words.stream().sorted().forEach(list::add);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
