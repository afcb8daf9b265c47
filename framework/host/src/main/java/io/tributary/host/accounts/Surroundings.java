package io.tributary.host.accounts;

import io.tributary.host.journal.Journal;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.host.secrets.Redactor;
import io.tributary.host.secrets.ReferenceRules;
import java.time.InstantSource;
import java.util.Map;

/// What accounts are opened with.
///
/// @param environment the process's, for secrets that are kept there
/// @param references which secrets that are kept elsewhere the API may refer to
public record Surroundings(
        Journal journal,
        Channels channels,
        MasterKeys keys,
        Redactor redactor,
        Outside outside,
        MediaStores media,
        Figures figures,
        PublicUrls urls,
        InstantSource clock,
        Map<String, String> environment,
        ReferenceRules references) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// The same with other channels.
    Surroundings showing(Channels others) {
        return new Surroundings(
                journal,
                others,
                keys,
                redactor,
                outside,
                media,
                figures,
                urls,
                clock,
                environment,
                references);
    }

    @Override
    public String toString() {
        return "Surroundings";
    }
}
