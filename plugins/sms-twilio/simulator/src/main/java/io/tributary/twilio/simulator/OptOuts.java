package io.tributary.twilio.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who wants no messages from which of our numbers, by the words that carriers and Twilio
/// prescribe. Thread safe.
final class OptOuts {

    enum Word {
        STOP,
        START,
        HELP
    }

    private static final Set<String> STOP =
            Set.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke");
    private static final Set<String> START = Set.of("start", "yes", "unstop");
    private static final Set<String> HELP = Set.of("help", "info");

    private record Pair(String customer, String number) {}

    private final Set<Pair> out = ConcurrentHashMap.newKeySet();

    /// The word that a message consists of; null: it says something else.
    static @Nullable Word word(String body) {
        var said = body.strip().toLowerCase(Locale.ROOT);
        if (STOP.contains(said)) {
            return Word.STOP;
        }
        if (START.contains(said)) {
            return Word.START;
        }
        return HELP.contains(said) ? Word.HELP : null;
    }

    /// Notes the wish and answers what Twilio itself replies to the customer.
    String apply(Word word, String customer, String number) {
        var pair = new Pair(customer, number);
        return switch (word) {
            case STOP -> {
                out.add(pair);
                yield "You have successfully been unsubscribed. You will not receive any more"
                        + " messages from this number. Reply START to resubscribe.";
            }
            case START -> {
                out.remove(pair);
                yield "You have successfully been re-subscribed to messages from this number."
                        + " Reply HELP for help. Reply STOP to unsubscribe.";
            }
            case HELP -> "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";
        };
    }

    boolean from(String customer, String number) {
        return out.contains(new Pair(customer, number));
    }

    boolean fromAny(String customer, List<String> numbers) {
        return numbers.stream().anyMatch(number -> from(customer, number));
    }
}
