package io.tributary.webchat;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.Settings;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the widget is told of the account's settings: nothing that a visitor may not know.
final class WidgetSettings {

    private static final List<String> FIELDS = List.of("name", "email", "company", "interest");

    private final AccountContext context;
    private final Settings settings;
    private final long largestFile;

    WidgetSettings(AccountContext context, long largestFile) {
        this.context = context;
        this.settings = context.settings();
        this.largestFile = largestFile;
    }

    String json() {
        var json = StrictJson.MAPPER.createObjectNode();
        json.put("account", context.account().value());
        json.put("connect", context.url(Door.CONNECT, "").toString());
        json.put("protocol", Admission.PROTOCOL);
        json.put("language", settings.text("language", "en"));
        json.put("color", settings.text("color", "#1d5fa8"));
        json.put("position", settings.text("position", "end"));
        json.put("theme", settings.text("theme", "auto"));
        json.put("privacy", settings.text("privacyUrl", ""));
        json.put("transcript", settings.flag("transcript", true));
        json.put("largestFile", largestFile);
        json.put("longestText", Frames.LONGEST_TEXT);
        texts(json);
        lead(json);
        invitations(json);
        return json.toString();
    }

    private void texts(ObjectNode json) {
        var all = json.putObject("texts");
        var texts = settings.section("texts");
        for (var language : texts.keys()) {
            var one = all.putObject(language);
            var section = texts.section(language);
            for (var key : section.keys()) {
                one.put(key, section.text(key));
            }
        }
    }

    private void lead(ObjectNode json) {
        var lead = json.putObject("lead");
        lead.put("form", Translation.LEAD);
        lead.put("asked", settings.text("preChat", "off"));
        var fields = lead.putArray("fields");
        var wanted = settings.has("preChatFields") ? settings.texts("preChatFields") : FIELDS;
        FIELDS.stream().filter(wanted::contains).forEach(fields::add);
        var interests = lead.putArray("interests");
        settings.texts("interests").forEach(interests::add);
    }

    private void invitations(ObjectNode json) {
        var all = json.putArray("invitations");
        for (var invitation : settings.sections("invitations")) {
            all.addObject()
                    .put("name", invitation.text("name"))
                    .put("text", invitation.text("text"))
                    .put("language", invitation.text("language", ""))
                    .put("after", invitation.number("afterSeconds", 0))
                    .put("page", invitation.text("page", ""))
                    .put("scrolled", invitation.number("scrolledPercent", 0));
        }
    }
}
