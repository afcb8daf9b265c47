package io.tributary.faults;

/// Somebody who follows the log from its beginning, through everything that happens to the member.
sealed interface Reader extends AutoCloseable permits StreamReader, PageReader {

    /// For the checker's findings.
    String name();

    Visits visits();

    default void begin() {
        visits().begin();
    }

    default Seen seen() {
        return visits().seen();
    }

    /// How often it began anew.
    default long connections() {
        return visits().connections();
    }

    /// What it was answered that was neither an answer nor a passing refusal; empty: nothing.
    default String trouble() {
        return visits().trouble();
    }

    @Override
    default void close() {
        visits().close();
    }
}
