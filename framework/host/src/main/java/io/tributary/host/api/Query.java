package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request's query, read strictly.
final class Query {

    private static final int MOST = 1000;
    private static final int USUAL = 100;

    private final Request request;

    private Query(Request request) {
        this.request = request;
    }

    /// @param names every key that the route knows
    static Query of(Request request, String... names) {
        Set<String> known = Set.of(names);
        for (String name : request.query().keySet()) {
            if (!known.contains(name)) {
                throw wrong(name, "there is no such key; there are " + String.join(", ", names));
            }
        }
        return new Query(request);
    }

    private static Problem wrong(String name, String why) {
        return new Problem(ProblemType.MALFORMED, "Query '" + name + "': " + why + ".");
    }

    @Nullable String text(String name) {
        return request.query(name);
    }

    int limit() {
        Long limit = number("limit", 1, MOST);
        return limit == null ? USUAL : limit.intValue();
    }

    @Nullable Long number(String name, long least, long most) {
        String text = request.query(name);
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw wrong(name, "must be a whole number");
        }
        throw wrong(name, "must be a whole number from " + least + " to " + most);
    }

    @Nullable Instant instant(String name) {
        String text = request.query(name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw wrong(name, "must be an ISO-8601 instant such as 2026-11-22T12:00:00Z");
        }
    }

    @Nullable Boolean flag(String name) {
        String text = request.query(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw wrong(name, "must be true or false");
        };
    }

    @Nullable UUID uuid(String name) {
        String text = request.query(name);
        if (text == null) {
            return null;
        }
        UUID id = Ids.parse(text);
        if (id == null) {
            throw wrong(name, "must be an id (a UUID)");
        }
        return id;
    }

    @Nullable <E extends Enum<E>> E one(String name, Class<E> kind) {
        String text = request.query(name);
        if (text == null) {
            return null;
        }
        for (E each : kind.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        throw wrong(
                name,
                "must be one of "
                        + List.of(kind.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    /// Accounts asked for, as far as the token sees them; empty: all.
    ///
    /// @throws Problem nothing of what was asked for can be seen
    Set<AccountId> accounts(Principal principal) {
        Set<AccountId> wanted = set("account", AccountId::new);
        if (principal.accounts().isEmpty()) {
            return wanted;
        }
        if (wanted.isEmpty()) {
            return principal.accounts();
        }
        wanted.retainAll(principal.accounts());
        if (wanted.isEmpty()) {
            throw Ids.notFound("account");
        }
        return wanted;
    }

    Set<ChannelId> channels() {
        return set("channel", ChannelId::new);
    }

    Set<String> types() {
        return set("type", Function.identity());
    }

    private <T> Set<T> set(String name, Function<String, T> made) {
        Set<T> values = new LinkedHashSet<>();
        for (String text : request.query().getOrDefault(name, List.of())) {
            for (String each : text.split(",", -1)) {
                try {
                    values.add(made.apply(each));
                } catch (IllegalArgumentException wrong) {
                    throw wrong(name, "'" + each + "' cannot be one");
                }
            }
        }
        return values;
    }
}
