package io.tributary.social.meta;

import io.tributary.spi.Conversation;
import io.tributary.spi.Line;
import io.tributary.spi.Secret;
import io.tributary.spi.Settings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Our ends, as the settings name them. A line that only a webhook has named works, too: with the
/// account's token and the usual limits.
final class MetaLines {

    static final URI GRAPH = URI.create("https://graph.facebook.com");
    static final URI INSTAGRAM_GRAPH = URI.create("https://graph.instagram.com");

    private static final String VERSION = "v23.0";

    /// A usual number
    /// (https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput).
    private static final int WHATSAPP_PER_SECOND = 80;

    private static final int PAGE_PER_SECOND = 100;

    private static final String LIST_BUTTON = "☰";

    private final Settings settings;
    private final Map<String, MetaLine> lines = new LinkedHashMap<>();

    MetaLines(Settings settings) {
        this.settings = settings;
        settings.sections("whatsapp").forEach(section -> add(whatsapp(section)));
        settings.sections("messenger").forEach(section -> add(messenger(section)));
        settings.sections("instagram").forEach(section -> add(instagram(section)));
    }

    private void add(MetaLine line) {
        lines.put(line.id(), line);
    }

    private MetaLine whatsapp(Settings section) {
        var id = section.text("phoneNumberId");
        return new MetaLine(
                Platform.WHATSAPP,
                id,
                section.text("number", id),
                node(GRAPH, "apiBase", id),
                token(section),
                section.has("token"),
                (int) section.number("messagesPerSecond", WHATSAPP_PER_SECOND),
                false,
                section.text("listButton", LIST_BUTTON));
    }

    private MetaLine messenger(Settings section) {
        var id = section.text("pageId");
        return page(Platform.MESSENGER, id, node(GRAPH, "apiBase", id), section);
    }

    /// Behind the page that it is connected with, or by itself where it has a login of its own
    /// (https://developers.facebook.com/docs/instagram-platform).
    private MetaLine instagram(Settings section) {
        var id = section.text("accountId");
        var node =
                section.has("pageId")
                        ? node(GRAPH, "apiBase", section.text("pageId"))
                        : node(INSTAGRAM_GRAPH, "instagramApiBase", id);
        return page(Platform.INSTAGRAM, id, node, section);
    }

    private MetaLine page(Platform platform, String id, URI node, Settings section) {
        return new MetaLine(
                platform,
                id,
                section.text("name", id),
                node,
                token(section),
                section.has("token"),
                (int) section.number("messagesPerSecond", PAGE_PER_SECOND),
                section.flag("humanAgent", false),
                LIST_BUTTON);
    }

    private Secret token(Settings section) {
        return section.has("token") ? section.secret("token") : settings.secret("accessToken");
    }

    /// Where something is found in the Graph API.
    private URI node(URI usual, String setting, String id) {
        var base = settings.uri(setting, usual).toString();
        var origin = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(origin + "/" + settings.text("apiVersion", VERSION) + "/" + id);
    }

    /// Where media and the like are found, whatever line they came to.
    URI node(String id) {
        return node(GRAPH, "apiBase", id);
    }

    List<MetaLine> all() {
        return List.copyOf(lines.values());
    }

    List<Line> lines() {
        return lines.values().stream()
                .map(line -> new Line(line.id(), line.name(), line.platform().channel()))
                .toList();
    }

    @Nullable MetaLine find(String id) {
        return lines.get(id);
    }

    /// Over which line a conversation goes; null: none of this account's channels.
    @Nullable MetaLine of(Conversation conversation) {
        var known = lines.get(conversation.line());
        if (known != null) {
            return known;
        }
        var platform = Platform.of(conversation.channel());
        var id = conversation.line();
        return platform == null || !isId(id) ? null : unnamed(platform, id);
    }

    private MetaLine unnamed(Platform platform, String id) {
        return new MetaLine(
                platform,
                id,
                id,
                node(GRAPH, "apiBase", id),
                settings.secret("accessToken"),
                false,
                platform == Platform.WHATSAPP ? WHATSAPP_PER_SECOND : PAGE_PER_SECOND,
                false,
                LIST_BUTTON);
    }

    /// It becomes part of an address.
    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= 30
                && id.chars().allMatch(next -> next >= '0' && next <= '9');
    }
}
