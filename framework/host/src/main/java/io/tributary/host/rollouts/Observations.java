package io.tributary.host.rollouts;

import io.tributary.host.journal.PluginRecords.Observed;
import io.tributary.host.plugins.LoadedPlugin;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What this member says of its plugins, for all to see; written when it changes. Thread safe.
final class Observations {

    private final Books books;
    private final Company company;
    private final InstantSource clock;
    private final Map<String, Said> said = new ConcurrentHashMap<>();

    /// How far a member is from what is wanted.
    enum State {
        /// What is wanted serves.
        SERVING,
        /// A newer version serves, which is not settled.
        WATCHING,
        /// It is being changed.
        CONVERGING,
        /// What is wanted cannot serve here; something older does, or nothing.
        BEHIND;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param sha256 null: none serves
    private record Said(@Nullable String sha256, State state, String reason) {}

    Observations(Books books, Company company, InstantSource clock) {
        this.books = books;
        this.company = company;
        this.clock = clock;
    }

    /// @param serving null: no version does
    /// @param reason empty where all is well
    void say(String plugin, @Nullable LoadedPlugin serving, State state, String reason)
            throws InterruptedException {
        var now = new Said(serving == null ? null : serving.jar().sha256(), state, reason);
        if (now.equals(said.get(plugin))) {
            return;
        }
        books.observe(
                new Observed(
                        company.self(),
                        plugin,
                        serving == null ? null : serving.version().version(),
                        now.sha256(),
                        state.word(),
                        reason,
                        clock.instant()));
        said.put(plugin, now);
    }

    /// The plugins that this member has said something of.
    Set<String> plugins() {
        return Set.copyOf(said.keySet());
    }

    void gone(String plugin) throws InterruptedException {
        if (said.containsKey(plugin)) {
            books.unobserve(company.self(), plugin);
            said.remove(plugin);
        }
    }

    /// What members that are there say; of a plugin, ordered by member.
    List<Observed> ofLive() {
        return books.observed().stream()
                .filter(each -> each.member() == company.self() || company.watches(each.member()))
                .toList();
    }

    /// Takes away what members said that are gone, and says again what somebody took for that.
    void tidy() throws InterruptedException {
        var gone = new HashSet<Long>();
        var mine = new HashSet<String>();
        for (var each : books.observed()) {
            if (each.member() == company.self()) {
                mine.add(each.plugin());
            } else if (!company.watches(each.member())) {
                gone.add(each.member());
            }
        }
        for (long member : gone) {
            books.unobserve(member, null);
        }
        said.keySet().retainAll(mine);
    }

    /// This member leaves.
    void leave() throws InterruptedException {
        books.unobserve(company.self(), null);
    }
}
