package io.tributary.host.cluster;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Which agents and devices are connected, to whichever member. Thread safe.
///
/// Each member tells of those at its own, again and again; what nobody confirms is forgotten, and
/// what members told that are gone counts no more at once. Those at this member are always right;
/// those elsewhere may be missing or late. To whom a device's messages go is said by its row in the
/// database, never by this.
public final class Presence implements AutoCloseable {

    static final String NAME = "presence";

    private static final int VERSION = 1;
    private static final int AGENT = 1;
    private static final int DEVICE = 2;

    private final Surroundings grid;
    private final Clock clock;
    private final SealedMap map;
    private final Map<Who, Instant> own = new ConcurrentHashMap<>();

    /// By our clock, and never lower than before, should it be put back.
    private final AtomicLong versions = new AtomicLong();

    /// What is told of somebody is told in the order of what happened.
    private final ReentrantLock telling = new ReentrantLock();

    /// @param kept for how long what nobody confirms is believed
    Presence(Surroundings grid, Clock clock, Duration kept) {
        this.grid = grid;
        this.clock = clock;
        this.map = new SealedMap(grid, NAME, clock, kept);
    }

    /// Somebody has connected to this member. Never waits.
    public void came(Who who) {
        var since = clock.instant();
        UUID self = grid.members().selfId();
        telling.lock();
        try {
            own.put(who, since);
            map.put(key(self, who), value(new Sighting(who, self, since)));
        } finally {
            telling.unlock();
        }
    }

    /// All these are connected to this member; the others hear of it with the next [#confirm()].
    void here(Collection<Who> all) {
        var since = clock.instant();
        telling.lock();
        try {
            all.forEach(each -> own.putIfAbsent(each, since));
        } finally {
            telling.unlock();
        }
    }

    /// The last connection of somebody to this member has ended. Never waits.
    public void went(Who who) {
        telling.lock();
        try {
            own.remove(who);
            map.remove(key(grid.members().selfId(), who));
        } finally {
            telling.unlock();
        }
    }

    /// All that are connected to other members, once for each; empty: that cannot be told now.
    /// Waits two seconds at the most.
    public Optional<List<Sighting>> elsewhere() {
        return map.all().map(this::sightings);
    }

    @Override
    public void close() {
        map.close();
    }

    /// Tells of all that are here once more.
    void confirm() {
        List<Who> all = List.copyOf(own.keySet());
        for (int from = 0; from < all.size(); from += SealedMap.AT_ONCE) {
            confirm(all.subList(from, Math.min(all.size(), from + SealedMap.AT_ONCE)));
        }
    }

    private void confirm(List<Who> some) {
        UUID self = grid.members().selfId();
        Map<String, SealedMap.Value> values = new HashMap<>();
        telling.lock();
        try {
            for (Who who : some) {
                Instant since = own.get(who);
                if (since != null) {
                    values.put(key(self, who), value(new Sighting(who, self, since)));
                }
            }
            map.putAll(values);
        } finally {
            telling.unlock();
        }
    }

    private List<Sighting> sightings(List<Bytes> contents) {
        return contents.stream()
                .flatMap(each -> read(each).stream())
                .filter(this::current)
                .toList();
    }

    /// What was told by a member that is gone is not; what we told is known better.
    private boolean current(Sighting sighting) {
        return grid.members().others().contains(sighting.member());
    }

    /// Keys lie open in memory, so they do not say who it is.
    private String key(UUID member, Who who) {
        return member + " " + grid.sealed().disguise(text(who));
    }

    private static String text(Who who) {
        return switch (who) {
            case Who.Agent(String id) -> "agent " + id;
            case Who.Device(AccountId account, String device) ->
                    "device " + account.value() + " " + device;
        };
    }

    private SealedMap.Value value(Sighting sighting) {
        long version = versions.updateAndGet(last -> Math.max(last + 1, clock.millis()));
        return new SealedMap.Value(new Seen.Version(0, version), Bytes.wrap(content(sighting)));
    }

    private static byte[] content(Sighting sighting) {
        var out = new WireWriter().octet(VERSION);
        switch (sighting.who()) {
            case Who.Agent(String id) -> out.octet(AGENT).text(id);
            case Who.Device(AccountId account, String device) ->
                    out.octet(DEVICE).text(account.value()).text(device);
        }
        return out.uuid(sighting.member()).number(sighting.since().toEpochMilli()).toArray();
    }

    private static Optional<Sighting> read(Bytes content) {
        try {
            var in = new WireReader(content);
            return in.octet() == VERSION
                    ? Optional.of(
                            new Sighting(who(in), in.uuid(), Instant.ofEpochMilli(in.number())))
                    : Optional.empty();
        } catch (Unreadable | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Who who(WireReader in) {
        return switch (in.octet()) {
            case AGENT -> new Who.Agent(in.text());
            case DEVICE -> new Who.Device(new AccountId(in.text()), in.text());
            default -> throw new Unreadable("nobody that is known here");
        };
    }
}
