package io.tributary.faults;

import java.io.IOException;
import java.net.URI;

/// What stands between the provider and the member, and dies with the member.
interface Front {

    /// Nothing does.
    Front NONE =
            new Front() {
                @Override
                public URI before(URI member) {
                    return member;
                }

                @Override
                public void kill() {}
            };

    /// @param member where the member is
    /// @return where the provider is to deliver
    URI before(URI member) throws IOException;

    /// Together with the member.
    void kill();
}
