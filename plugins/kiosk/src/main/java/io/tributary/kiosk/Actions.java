package io.tributary.kiosk;

import io.tributary.model.Json;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import io.tributary.spi.OffersActions.Action;
import io.tributary.spi.Trouble;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What operators do with devices: let one in, see all, send one away.
final class Actions {

    static final String MAKE_CODE = "make-code";
    static final String LIST = "list-devices";
    static final String REVOKE = "revoke-device";

    private static final int USUAL_MINUTES = 15;
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String NAME =
            "{\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$\"}";

    private static final List<Action> ALL =
            List.of(
                    new Action(
                            MAKE_CODE,
                            "Make a code for a device",
                            schema(
                                    """
                                    {"type": "object", "additionalProperties": false, "required": ["device", "store"],
                                     "properties": {
                                       "device": NAME, "store": NAME, "floor": NAME,
                                       "name": {"type": "string", "maxLength": 100},
                                       "minutes": {"type": "integer", "minimum": 1, "maximum": 1440}}}
                                    """)),
                    new Action(
                            LIST,
                            "List devices",
                            schema("{\"type\": \"object\", \"additionalProperties\": false}")),
                    new Action(
                            REVOKE,
                            "Let a device in no more",
                            schema(
                                    """
                                    {"type": "object", "additionalProperties": false, "required": ["device"],
                                     "properties": {"device": NAME}}
                                    """)));

    private final Devices devices;
    private final LiveSessions live;
    private final URI page;
    private final InstantSource clock;

    /// @param page where a device's browser takes its code
    Actions(Devices devices, LiveSessions live, URI page, InstantSource clock) {
        this.devices = devices;
        this.live = live;
        this.page = page;
        this.clock = clock;
    }

    static List<Action> all() {
        return ALL;
    }

    Json perform(String action, Json input) throws Trouble {
        try {
            var given = WireJson.object(input.text());
            var answer =
                    switch (action) {
                        case MAKE_CODE -> makeCode(given);
                        case LIST -> list();
                        case REVOKE -> revoke(given);
                        default -> throw Trouble.last("unknown", "there is no such action");
                    };
            return Json.of(WireJson.write(answer));
        } catch (Malformed wrong) {
            throw Trouble.last("input", String.valueOf(wrong.getMessage()));
        } catch (NotStored full) {
            throw Trouble.retry(SOON, "not-stored", "it could not be stored; try again");
        }
    }

    private JsonNode makeCode(JsonNode given) throws NotStored {
        var lasts = Duration.ofMinutes(given.path("minutes").asInt(USUAL_MINUTES));
        var code = devices.makeCode(Place.of(given), lasts);
        return WireJson.object()
                .put("code", code)
                .put("until", clock.instant().plus(lasts).toString())
                .put("page", page + "#code=" + code);
    }

    private JsonNode list() {
        var answer = WireJson.object();
        var list = answer.putArray("devices");
        for (var row : devices.all()) {
            list.add(
                    row.place()
                            .json()
                            .put("since", row.since())
                            .put("revoked", row.revoked())
                            .put("connectedHere", live.of(row.place().device()) != null));
        }
        return answer;
    }

    private JsonNode revoke(JsonNode given) throws NotStored {
        var device = WireJson.need(given, "device");
        boolean known = devices.revoke(device, clock.instant());
        var session = live.of(device);
        if (session != null) {
            session.end();
        }
        return WireJson.object().put("device", device).put("known", known);
    }

    private static Json schema(String text) {
        return Json.of(text.replace("NAME", NAME));
    }
}
