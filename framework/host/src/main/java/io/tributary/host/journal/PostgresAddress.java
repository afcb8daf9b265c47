package io.tributary.host.journal;

/// Where the database of a cluster is.
///
/// @param url as the driver takes it: `jdbc:postgresql://host[:port][,host…]/database`
/// @param password empty where the server asks for none
public record PostgresAddress(String url, String user, String password) {

    /// Without the password, and without what the URL may carry behind its question mark.
    @Override
    public String toString() {
        return user + " at " + place();
    }

    /// The URL without its options, which may hold secrets.
    String place() {
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }
}
