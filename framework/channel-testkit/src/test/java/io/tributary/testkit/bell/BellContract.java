package io.tributary.testkit.bell;

import io.tributary.spi.Channel;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// What the contract has to know of bells, whoever implements them.
public class BellContract extends ChannelContract {

    private static final String KEY = "ding-dong";

    @Override
    protected Channel channel() {
        return new BellChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return TestSettings.NONE.withSecret("key", KEY);
    }

    @Override
    protected DeviceHandshake deviceHandshake() {
        return FakeHost.handshake("", Map.of("bell", "front-door", "key", KEY));
    }

    @Override
    protected List<DeviceHandshake> forgedHandshakes() {
        return List.of(
                FakeHost.handshake("", Map.of("bell", "front-door")),
                FakeHost.handshake("", Map.of("bell", "front-door", "key", KEY + "g")));
    }

    @Override
    protected List<Frame> deviceSays(String text) {
        return List.of(Frame.text("ring " + Integer.toHexString(text.hashCode()) + " " + text));
    }
}
