package io.tributary.sms.smpp;

import io.tributary.smpp.simulator.Smsc;
import io.tributary.smpp.simulator.Taken;
import io.tributary.testkit.Simulator;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The simulator as the contract uses it.
final class SimulatedSmsc implements Simulator {

    private final Smsc smsc;

    SimulatedSmsc() throws IOException {
        smsc = Smsc.start(0);
    }

    @Override
    public URI uri() {
        return smsc.uri();
    }

    @Override
    public void say(int customer, String text) {
        smsc.say("+1555123%04d".formatted(customer), Sample.LINE, text);
    }

    @Override
    public List<String> acknowledged() {
        return smsc.acknowledged();
    }

    @Override
    public List<String> taken() {
        return smsc.taken().stream().map(Taken::text).toList();
    }

    @Override
    public void cut() {
        smsc.cut();
    }

    @Override
    public void close() throws IOException {
        smsc.close();
    }
}
