package io.tributary.host.configuration;

/// One thing that is wrong with the configuration, in words that say what to do.
///
/// @param key such as `http.port`; empty for the file as a whole
public record Mistake(Place place, String key, String text) {

    /// Such as `tributary.yaml:3:5 http.prot: there is no such key; did you mean 'port'?`.
    @Override
    public String toString() {
        return key.isEmpty() ? place + " " + text : place + " " + key + ": " + text;
    }
}
