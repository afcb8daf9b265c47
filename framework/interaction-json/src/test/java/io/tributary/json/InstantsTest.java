package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The short way must not be told from the JDK's.
class InstantsTest {

    @Property(tries = 3_000)
    void aMomentIsWrittenAndReadAsTheJdkDoes(@ForAll("moments") Instant moment) {
        String text = moment.toString();

        assertThat(Instants.text(moment)).isEqualTo(text);
        assertThat(Instants.parse(text)).isEqualTo(moment);
    }

    @Property(tries = 3_000)
    void anyOtherTextIsReadAsTheJdkDoes(@ForAll("spoilt") String text) {
        assertThat(outcome(() -> Instants.parse(text)))
                .isEqualTo(outcome(() -> Instant.parse(text)));
    }

    @Example
    void theEndsOfTheCalendarAreRight() {
        for (String text :
                new String[] {
                    "0000-01-01T00:00:00Z",
                    "0000-02-29T23:59:59.999999999Z",
                    "1969-12-31T23:59:59.001Z",
                    "1970-01-01T00:00:00Z",
                    "2000-02-29T00:00:00.000001Z",
                    "2100-03-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999Z",
                    "+10000-01-01T00:00:00Z",
                    "-0001-12-31T23:59:59Z",
                    Instant.MIN.toString(),
                    Instant.MAX.toString()
                }) {
            assertThat(Instants.text(Instant.parse(text))).isEqualTo(text);
            assertThat(Instants.parse(text)).isEqualTo(Instant.parse(text));
        }
    }

    @Example
    void daysThatDoNotExistAreRefused() {
        for (String text :
                new String[] {
                    "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-04-31T00:00:00Z"
                }) {
            assertThatExceptionOfType(DateTimeException.class)
                    .isThrownBy(() -> Instants.parse(text));
        }
    }

    @Provide
    Arbitrary<Instant> moments() {
        var seconds =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(-70_000_000_000L, 260_000_000_000L),
                        Arbitraries.longs().between(0, 4_000_000_000L));
        var nanos =
                Arbitraries.oneOf(
                        Arbitraries.just(0),
                        Arbitraries.integers().between(0, 999).map(milli -> milli * 1_000_000),
                        Arbitraries.integers().between(0, 999_999).map(micro -> micro * 1000),
                        Arbitraries.integers().between(0, 999_999_999));
        return Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
    }

    /// A moment's text with one character replaced, removed or doubled.
    @Provide
    Arbitrary<String> spoilt() {
        return Combinators.combine(
                        moments(),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.strings().withChars("0159-:.TZ+ z\u0661").ofMaxLength(2))
                .as((moment, place, other) -> {
                    String text = moment.toString();
                    int index = place % text.length();
                    return text.substring(0, index) + other + text.substring(index + 1);
                });
    }

    private static Object outcome(java.util.function.Supplier<Instant> reading) {
        try {
            return reading.get();
        } catch (DateTimeException _) {
            return "refused";
        }
    }
}
