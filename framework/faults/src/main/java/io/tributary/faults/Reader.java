package io.tributary.faults;

/// Somebody who follows the log from its beginning, through everything that happens to the member.
sealed interface Reader extends AutoCloseable permits StreamReader, PageReader {

    /// For the checker's findings.
    String name();

    void begin();

    Seen seen();

    /// How often it began anew.
    long connections();

    /// What it was answered that was neither an answer nor a passing refusal; empty: nothing.
    String trouble();

    @Override
    void close();
}
