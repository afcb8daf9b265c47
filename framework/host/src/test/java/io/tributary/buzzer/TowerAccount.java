package io.tributary.buzzer;

import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Connection;
import io.tributary.spi.Conversation;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import io.tributary.spi.Slot;
import java.util.List;

/// Connects to a tower, once per slot.
final class TowerAccount implements Account, HoldsConnections {

    private final AccountContext context;

    TowerAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public int slots() {
        return (int) context.settings().number("slots", 1);
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Capabilities.NONE.with("text", Capabilities.Support.full()).start();
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        String[] words = arrival.event().body().utf8().split(" ", 2);
        return List.of(
                Inbound.of(
                        "desk",
                        Party.of(words[0], Identity.byChannel("buzzer", words[0])),
                        Content.text(words[1])));
    }

    @Override
    public Connection connect(Slot slot) {
        return new TowerConnection(context, slot);
    }
}
