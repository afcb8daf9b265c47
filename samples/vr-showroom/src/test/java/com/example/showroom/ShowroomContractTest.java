package com.example.showroom;

import io.tributary.model.Content;
import io.tributary.spi.Channel;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.spi.Inbound;
import io.tributary.testkit.ChannelContract;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every channel promises. There is no provider: headsets come by themselves.
final class ShowroomContractTest extends ChannelContract {

    @Override
    protected Channel channel() {
        return new ShowroomChannel();
    }

    @Override
    protected TestSettings goodSettings(URI provider) {
        return Headset.SETTINGS;
    }

    @Override
    protected DeviceHandshake deviceHandshake() {
        return Headset.worn("hall-1", "visit0001");
    }

    @Override
    protected List<DeviceHandshake> forgedHandshakes() {
        var good = Headset.pass("hall-1");
        return List.of(
                Headset.offering("visit0001", ShowroomAccount.PROTOCOL),
                Headset.offering("visit0001", "pass." + good),
                Headset.offering("visit0001", ShowroomAccount.PROTOCOL, "pass." + good + "0"),
                Headset.offering("visit0001", ShowroomAccount.PROTOCOL, "pass.x" + good),
                Headset.offering("../../hall-2", ShowroomAccount.PROTOCOL, "pass." + good));
    }

    /// The words with which somebody asks for help are all that is said in text.
    @Override
    protected List<Frame> deviceSays(String text) {
        return List.of(
                Headset.frame(Integer.toHexString(text.hashCode()), "help", "words", text));
    }

    @Override
    protected List<Frame> deviceAnswers(Frame heard) {
        return Headset.confirming(heard);
    }

    @Override
    protected @Nullable String said(Inbound inbound) {
        return inbound.content() instanceof Content.Alert help ? help.text() : null;
    }
}
