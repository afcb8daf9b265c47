/// For tests of channel plugins: a host that fits into a test and keeps the real one's rules, a
/// provider on the loopback, and the contract that every channel passes.
///
/// Begin with [ChannelContract]: extend it and most of a channel's promises are tested. What is the
/// channel's own is tested with [FakeHost].
@NullMarked
package io.tributary.testkit;

import org.jspecify.annotations.NullMarked;
