package io.tributary.host.calls;

import io.tributary.model.AccountId;
import java.time.Instant;

/// A call that failed lately, for operators. Names code only, never what was said.
///
/// @param at when it happened last
/// @param type the class name of what was thrown; empty where nothing was
/// @param where the place in the code that it came from; empty where nobody knows
/// @param times how often the same happened
public record RecentFailure(
        Instant at,
        AccountId account,
        Calls.Kind kind,
        PluginFailure.Cause cause,
        String type,
        String where,
        long times) {

    static RecentFailure of(Instant at, AccountId account, Calls.Kind kind, PluginFailure failure) {
        return new RecentFailure(
                at, account, kind, failure.why(), failure.type(), place(failure.trace()), 1);
    }

    /// Whether it is the same trouble, at another time.
    boolean like(RecentFailure other) {
        return account.equals(other.account)
                && kind == other.kind
                && cause == other.cause
                && type.equals(other.type)
                && where.equals(other.where);
    }

    RecentFailure after(RecentFailure earlier) {
        return new RecentFailure(at, account, kind, cause, type, where, earlier.times + 1);
    }

    private static String place(String trace) {
        return trace.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("at "))
                .findFirst()
                .map(line -> line.substring("at ".length()))
                .orElse("");
    }
}
