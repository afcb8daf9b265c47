package io.tributary.kiosk;

import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.util.List;

/// What every channel promises.
class KioskContractTest extends ChannelContract {

    @Override
    protected Channel channel() {
        return new KioskChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings();
    }

    @Override
    protected DeviceHandshake deviceHandshake() {
        return Sample.handshake();
    }

    @Override
    protected List<DeviceHandshake> forgedHandshakes() {
        var right = Sample.jwt(Sample.HS256, Sample.CLAIMS, Sample.FLEET_KEY);
        return List.of(
                Sample.offering(Sample.DEVICE, Entrance.PROTOCOL),
                Sample.offering(Sample.DEVICE, "token." + right),
                Sample.withToken("berlin-8", right),
                Sample.withToken(Sample.DEVICE, right + "x"),
                Sample.withToken(
                        Sample.DEVICE, Sample.jwt(Sample.HS256, Sample.CLAIMS, "another key")),
                Sample.withToken(
                        Sample.DEVICE,
                        Sample.encoded("{\"alg\":\"none\"}")
                                + "."
                                + Sample.encoded(Sample.CLAIMS)
                                + "."),
                Sample.withToken(Sample.DEVICE, "a-token-of-nobody"),
                Sample.withCode("0000-0000-0000"));
    }

    @Override
    protected List<Frame> deviceSays(String text) {
        return Sample.says(text);
    }

    @Override
    protected List<Frame> deviceAnswers(Frame heard) {
        return Sample.takes(heard);
    }

    @Override
    protected Conversation conversation() {
        return Sample.conversation();
    }
}
