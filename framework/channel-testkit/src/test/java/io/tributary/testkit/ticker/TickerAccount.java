package io.tributary.testkit.ticker;

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
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.spi.Slot;
import java.util.List;

/// Polls by two slots. Not final: tests sabotage one method at a time.
public class TickerAccount implements Account, HoldsConnections {

    protected final AccountContext context;

    public TickerAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Capabilities.NONE.with("text", Capabilities.Support.full());
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        String[] fields = arrival.event().body().utf8().split("\t", 3);
        if (fields.length < 3) {
            throw new Malformed("a line of the ticker has three fields");
        }
        var from = Party.of(fields[1], Identity.byChannel("ticker", fields[1]));
        return List.of(Inbound.of("ticker", from, Content.text(fields[2])).id(fields[0]));
    }

    @Override
    public Connection connect(Slot slot) {
        return new TickerConnection(context, slot);
    }
}
