package io.tributary.kiosk;

import io.tributary.model.AccountId;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What devices and their page are told of the account: where, how often, how it looks.
///
/// @param account keeps what a browser stores for two accounts apart
/// @param connect where devices open their WebSocket
/// @param pages where the page is, and below whose origin all pictures are
/// @param heartbeat after which silence a device says that it is there
/// @param idle after which time without a touch a session ends
/// @param languages the page's, the first before somebody chose
/// @param services what the page offers
record Welcome(
        AccountId account,
        URI connect,
        URI pages,
        Duration heartbeat,
        Duration idle,
        String title,
        List<String> languages,
        List<String> services) {

    private static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(60);
    private static final Duration USUAL_IDLE = Duration.ofSeconds(90);
    private static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "ar");
    private static final List<String> SERVICES = List.of("help", "scan", "ticket", "checkin");

    static Welcome of(AccountContext context) {
        var settings = context.settings();
        return new Welcome(
                context.account(),
                context.url(Door.CONNECT, ""),
                context.url(Door.PAGES, ""),
                settings.duration("heartbeat", USUAL_HEARTBEAT),
                settings.duration("idle", USUAL_IDLE),
                settings.text("title", ""),
                some(settings.texts("languages"), LANGUAGES),
                some(settings.texts("services"), SERVICES));
    }

    private static List<String> some(List<String> set, List<String> otherwise) {
        return set.isEmpty() ? otherwise : set;
    }

    /// The answer to a device that has booted (OCPP 1.6, section 4.2, adds its place).
    ObjectNode to(Place place, Instant now) {
        var json = WireJson.object();
        json.put("status", "Accepted")
                .put("now", now.toString())
                .put("heartbeat", heartbeat.toSeconds())
                .put("idle", idle.toSeconds());
        json.set("place", place.json());
        return json;
    }

    /// What the page needs before it knows a device: nothing of it is secret.
    ObjectNode page() {
        var json = WireJson.object();
        json.put("account", account.value())
                .put("connect", connect.toString())
                .put("origin", origin())
                .put("protocol", Entrance.PROTOCOL)
                .put("title", title)
                .put("idle", idle.toSeconds());
        var spoken = json.putArray("languages");
        languages.forEach(spoken::add);
        var offered = json.putArray("services");
        services.forEach(offered::add);
        return json;
    }

    /// As links name it, which may be another name than the one that a browser came by.
    private String origin() {
        return pages.getScheme() + "://" + pages.getRawAuthority();
    }
}
