package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import org.jspecify.annotations.Nullable;

/// A draft that begins a conversation.
///
/// @param address the other end
/// @param line our end; null where the account has only one
/// @param customer whom the address belongs to where nobody is known under it yet; null: a new
///   customer
public record Opening(
        AccountId account,
        String address,
        @Nullable String line,
        @Nullable CustomerId customer,
        Draft draft) {

    private static final int LONGEST_END = 512;

    /// Refuses an address or line that no channel could have.
    public Opening {
        if (address.isBlank() || address.length() > LONGEST_END) {
            throw new IllegalArgumentException("an address has 1 to 512 characters");
        }
        if (line != null && (line.isBlank() || line.length() > LONGEST_END)) {
            throw new IllegalArgumentException("a line has 1 to 512 characters");
        }
    }
}
