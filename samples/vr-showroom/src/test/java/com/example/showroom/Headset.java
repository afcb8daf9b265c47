package com.example.showroom;

import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a headset speaks.
final class Headset {

    static final TestSettings SETTINGS =
            TestSettings.NONE.with("showroom", "vienna").withSecret("key", "the-key-of-the-test");

    private static final Pattern SHOW = Pattern.compile("\\{\"show\":\"([0-9a-z-]+)\".*");

    private Headset() {}

    /// A headset that somebody has put on knocks.
    static DeviceHandshake worn(String headset, String visit) {
        return offering(visit, ShowroomAccount.PROTOCOL, "pass." + pass(headset));
    }

    static DeviceHandshake offering(String visit, String... subprotocols) {
        return FakeHost.handshake("", Map.of("visit", visit), subprotocols);
    }

    static String pass(String headset) {
        return new Passes(SETTINGS.secret("key")).of(headset);
    }

    /// @param more names and values in turns
    static Frame frame(String id, String what, String... more) {
        var all = Stream.concat(Stream.of("id", id, "what", what), Stream.of(more));
        return Frame.text(FlatObject.written(all.toArray(String[]::new)).text());
    }

    /// What it says by itself to what it hears.
    static List<Frame> confirming(Frame heard) {
        var show = SHOW.matcher(text(heard));
        return show.matches()
                ? List.of(frame("got-" + show.group(1), "got", "key", show.group(1)))
                : List.of();
    }

    static String text(Frame frame) {
        return frame instanceof Frame.Text text ? text.text() : "";
    }
}
