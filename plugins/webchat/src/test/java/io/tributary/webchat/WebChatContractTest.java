package io.tributary.webchat;

import io.tributary.spi.Channel;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// What every channel promises.
class WebChatContractTest extends ChannelContract {

    private static final String TOKEN =
            Sample.token(Sample.claims(FakeHost.ACCOUNT.value(), ",\"name\":\"Ada\""));

    @Override
    protected Channel channel() {
        return new WebChatChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Sample.settings();
    }

    @Override
    protected DeviceHandshake deviceHandshake() {
        return Sample.handshake("identity." + TOKEN);
    }

    @Override
    protected List<DeviceHandshake> forgedHandshakes() {
        var unknown =
                new DeviceHandshake("", Map.of(), Map.of(), Sample.protocols(), "192.0.2.7", null);
        return List.of(
                unknown,
                Sample.handshake("https://www.example.com.evil.example", Sample.protocols()),
                Sample.handshake("null", Sample.protocols()),
                Sample.handshake(Sample.ORIGIN, List.of(Admission.PROTOCOL)),
                Sample.handshake("identity." + TOKEN.substring(0, TOKEN.length() - 2) + "AA"),
                Sample.handshake("identity."));
    }

    @Override
    protected List<Frame> deviceSays(String text) {
        return List.of(Sample.say("contract-" + Integer.toHexString(text.hashCode()), text));
    }

    /// The widget confirms each message.
    @Override
    protected List<Frame> deviceAnswers(Frame heard) {
        if (!(heard instanceof Frame.Text said)) {
            return List.of();
        }
        var frame = StrictJson.MAPPER.readTree(said.text());
        return frame.path("t").asString("").equals("msg")
                ? List.of(
                        Frame.text(
                                Words.word("got")
                                        .put("key", frame.path("key").asString(""))
                                        .toString()))
                : List.of();
    }
}
