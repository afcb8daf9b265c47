package io.tributary.spi;

/// One id that the provider gave to what it took.
///
/// Several ids for one part are its segments: it is delivered when all of them are (guarantee 26).
///
/// @param part the number of the part, as in [io.tributary.model.Part#number()]; 0: all parts of
///   this send
/// @param externalId 1 to 512 characters
public record Sent(int part, String externalId) {

    public Sent {
        Shape.notNegative(part, "a part's number");
        Shape.name(externalId, "an external id");
    }

    /// The id of the whole send.
    public static Sent whole(String externalId) {
        return new Sent(0, externalId);
    }
}
