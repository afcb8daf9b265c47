package io.tributary.model;

/// The configured name of one account, such as `pager-us` (not the kind of channel: two accounts of
/// one provider share a channel).
///
/// @param value lower-case letters, digits and dashes, 1 to 63 of them
public record AccountId(String value) {

    /// Refuses what does not have the shape above.
    public AccountId {
        Check.name(value, "an account id");
    }

    /// The same as the constructor.
    public static AccountId of(String value) {
        return new AccountId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
