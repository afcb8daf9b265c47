package io.tributary.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is to be measured, for how long, and whether the result is kept.
///
/// @param rounds measured rounds of each figure
/// @param round how long one of them lasts
/// @param warmUps rounds at the most before the first that counts
/// @param stream how long the readers of the stream are watched
/// @param harms kinds of bad plugins
/// @param memory how long the memory is watched
/// @param rate requests per second meanwhile
/// @param stored interactions in the large log
/// @param sends messages that are queued before they are sent
/// @param submits messages that are queued for an SMSC in each round
/// @param sockets that are open and idle
/// @param bands wearables that write to a broker
/// @param fleet what is measured of several members
/// @param write whether `docs/benchmarks.md` gets the tables
/// @param said the arguments as they were given
record Plan(
        Path project,
        Set<Part> parts,
        int rounds,
        Duration round,
        int warmUps,
        Duration stream,
        Set<Bruteness> harms,
        Duration memory,
        int rate,
        int stored,
        int sends,
        int submits,
        int sockets,
        Bands bands,
        Fleets fleet,
        boolean write,
        String said) {

    static final String USAGE =
            """
            Arguments: PROJECT [quick] [write] [only=PART,...] [rounds=N] [round=TIME] [warmups=N] [stream=TIME]
                       [memory=TIME] [rate=N] [stored=N] [sends=N] [arrivals=N] [cost=TIME] [idle=TIME] [load=N]
                       [sockets=N] [submits=N] [devices=N] [readings=N] [worn=TIME]
                       [harms=HARM,...]
            A PART is ingest, camel, stream, neighbours, scale, memory, cluster, arrival, cost, dispatch, whatsapp,
            sockets, smpp, mqtt or plugins; a TIME is a number with s or m, such as 60m.
            A HARM is throws, recurses, exits, returns, floods, leaks, sleeps, deadlocks or spins.\
            """;

    /// @param arrivals how many new channels arrive
    /// @param cost how long each number of members is watched under load
    /// @param idle how long without
    /// @param load requests per second that they share
    record Fleets(int arrivals, Duration cost, Duration idle, int load) {}

    /// @param devices how many there are
    /// @param readings of all of them in a second
    /// @param worn how long
    record Bands(int devices, int readings, Duration worn) {}

    /// What can be asked for alone.
    enum Part {
        INGEST,
        CAMEL,
        STREAM,
        NEIGHBOURS,
        SCALE,
        MEMORY,
        CLUSTER,
        ARRIVAL,
        COST,
        DISPATCH,
        WHATSAPP,
        SOCKETS,
        SMPP,
        MQTT,
        PLUGINS;

        /// As it is written in arguments.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<String, String> USUAL =
            Map.ofEntries(
                    Map.entry(
                            "only",
                            Arrays.stream(Part.values())
                                    .map(Part::word)
                                    .collect(Collectors.joining(","))),
                    Map.entry("rounds", "5"),
                    Map.entry("round", "10s"),
                    Map.entry("warmups", "20"),
                    Map.entry("stream", "60s"),
                    Map.entry(
                            "harms",
                            Arrays.stream(Bruteness.values())
                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(","))),
                    Map.entry("memory", "10m"),
                    Map.entry("rate", "1000"),
                    Map.entry("stored", "2000000"),
                    Map.entry("sends", "100000"),
                    Map.entry("submits", "10000"),
                    Map.entry("sockets", "10000"),
                    Map.entry("devices", "5000"),
                    Map.entry("readings", "2000"),
                    Map.entry("worn", "60s"),
                    Map.entry("arrivals", "20"),
                    Map.entry("cost", "60s"),
                    Map.entry("idle", "30s"),
                    Map.entry("load", "500"));

    /// What takes about a minute and a half.
    private static final Map<String, String> QUICK =
            Map.ofEntries(
                    Map.entry("only", "ingest,camel,stream"),
                    Map.entry("rounds", "3"),
                    Map.entry("round", "3s"),
                    Map.entry("warmups", "3"),
                    Map.entry("stream", "10s"),
                    Map.entry("memory", "3m"),
                    Map.entry("stored", "200000"),
                    Map.entry("sends", "20000"),
                    Map.entry("submits", "2000"),
                    Map.entry("sockets", "2000"),
                    Map.entry("devices", "500"),
                    Map.entry("readings", "500"),
                    Map.entry("worn", "10s"),
                    Map.entry("arrivals", "5"),
                    Map.entry("cost", "10s"),
                    Map.entry("idle", "10s"));

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([sm])");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /// @throws IllegalArgumentException the message says which argument is wrong
    static Plan of(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("the project's folder is missing");
        }
        List<String> said = arguments.subList(1, arguments.size());
        Map<String, String> values = new HashMap<>(USUAL);
        if (said.contains("quick")) {
            values.putAll(QUICK);
        }
        for (String argument : said) {
            if (!argument.equals("quick") && !argument.equals("write")) {
                take(argument, values);
            }
        }
        return new Plan(
                Path.of(arguments.getFirst()).toAbsolutePath().normalize(),
                all(Part.class, "only", values),
                number("rounds", values),
                time("round", values),
                number("warmups", values),
                time("stream", values),
                all(Bruteness.class, "harms", values),
                time("memory", values),
                number("rate", values),
                number("stored", values),
                number("sends", values),
                number("submits", values),
                number("sockets", values),
                new Bands(
                        number("devices", values),
                        number("readings", values),
                        time("worn", values)),
                new Fleets(
                        number("arrivals", values),
                        time("cost", values),
                        time("idle", values),
                        number("load", values)),
                said.contains("write"),
                String.join(" ", said));
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    private static void take(String argument, Map<String, String> values) {
        int equals = argument.indexOf('=');
        if (equals < 0
                || values.replace(argument.substring(0, equals), argument.substring(equals + 1))
                        == null) {
            throw new IllegalArgumentException("'" + argument + "' is unknown");
        }
    }

    private static <E extends Enum<E>> Set<E> all(
            Class<E> kind, String name, Map<String, String> values) {
        Set<E> all = EnumSet.noneOf(kind);
        for (String word : values.getOrDefault(name, "").split(",", -1)) {
            try {
                all.add(Enum.valueOf(kind, word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException("'" + word + "' cannot be measured", unknown);
            }
        }
        return all;
    }

    private static int number(String name, Map<String, String> values) {
        String value = values.getOrDefault(name, "");
        if (!NUMBER.matcher(value).matches()) {
            throw new IllegalArgumentException(name + "=" + value + " is no number from 1 on");
        }
        return Integer.parseInt(value);
    }

    private static Duration time(String name, Map<String, String> values) {
        String value = values.getOrDefault(name, "");
        Matcher parts = TIME.matcher(value);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is no time such as 10s or 60m");
        }
        long many = Long.parseLong(parts.group(1));
        return parts.group(2).equals("s") ? Duration.ofSeconds(many) : Duration.ofMinutes(many);
    }
}
