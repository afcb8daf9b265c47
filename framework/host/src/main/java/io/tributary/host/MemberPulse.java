package io.tributary.host;

import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.connections.Connections;
import io.tributary.host.http.Readiness;
import io.tributary.host.ownership.Ownership;
import io.tributary.model.AccountId;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Sends;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What this member tells the others of itself: nothing but that it starts, until it serves.
final class MemberPulse implements Ownership.Surroundings {

    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Serving serving;
    private volatile String grid = "";
    private volatile @Nullable List<String> lacks;

    private record Serving(
            OpenAccounts accounts,
            Connections connections,
            Supplier<List<String>> lacks,
            String url) {}

    void serves(OpenAccounts accounts, Connections connections, Readiness readiness, String url) {
        serving =
                new Serving(
                        accounts,
                        connections,
                        () ->
                                readiness.checks().stream()
                                        .filter(each -> !each.up())
                                        .map(each -> each.name() + ": " + each.text())
                                        .toList(),
                        url);
    }

    @Override
    public Map<AccountId, Integer> accounts() {
        var now = serving;
        Map<AccountId, Integer> slots = new HashMap<>();
        if (now != null) {
            for (var account : now.accounts().all()) {
                int connections =
                        account.ability(HoldsConnections.class).isPresent()
                                ? now.connections().slots(account.id())
                                : 0;
                if (connections > 0) {
                    slots.put(account.id(), connections);
                } else if (account.ability(Sends.class).isPresent()) {
                    slots.put(account.id(), 1);
                }
            }
        }
        return slots;
    }

    @Override
    public @Nullable List<String> lacks() {
        var now = serving;
        if (now != null && looking.compareAndSet(false, true)) {
            // beside: a heartbeat waits for nothing
            Thread.ofVirtual().name("member-readiness").start(() -> look(now));
        }
        return lacks;
    }

    private void look(Serving now) {
        try {
            lacks = now.lacks().get();
        } catch (RuntimeException unreadable) {
            lacks = List.of("log: " + unreadable.getMessage());
        } finally {
            looking.set(false);
        }
    }

    @Override
    public String url() {
        var now = serving;
        return now == null ? "" : now.url();
    }

    @Override
    public String grid() {
        return grid;
    }

    /// @param id of this member in the grid; empty: it is not there
    void grid(String id) {
        grid = id;
    }
}
