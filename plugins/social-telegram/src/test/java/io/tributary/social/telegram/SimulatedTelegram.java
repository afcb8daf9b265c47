package io.tributary.social.telegram;

import io.tributary.telegram.simulator.TelegramSimulator;
import io.tributary.testkit.Simulator;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The simulator as the contract uses it.
final class SimulatedTelegram implements Simulator {

    /// Customers count from 0, chats from 1.
    private static final long FIRST = Long.parseLong(Sample.CUSTOMER);

    private final TelegramSimulator telegram;

    SimulatedTelegram() throws IOException {
        telegram = TelegramSimulator.start(0, Sample.TOKEN);
    }

    @Override
    public URI uri() {
        return telegram.uri();
    }

    @Override
    public void say(int customer, String text) {
        telegram.customers().say(FIRST + customer, text);
    }

    @Override
    public List<String> acknowledged() {
        return telegram.confirmed().stream()
                .map(update -> update.path("message").path("text").asString(""))
                .toList();
    }

    @Override
    public void cut() {
        telegram.cut();
    }

    @Override
    public void close() {
        telegram.close();
    }
}
