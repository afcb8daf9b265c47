package io.tributary.spi;

import java.util.List;

/// A kind of way to reach people, such as one provider's text messages: what a plugin brings.
///
/// A public class with a public constructor without arguments, listed in
/// `META-INF/services/io.tributary.spi.Channel`. It holds no account's state and starts nothing;
/// all of that belongs to the [Account]s that it opens.
public interface Channel {

    /// Says what the channel is called and how its accounts are configured.
    ///
    /// Called once per loaded version, after the constructor (guarantee 5). Must not touch the
    /// network.
    ChannelDescriptor descriptor();

    /// Opens one configured account.
    ///
    /// Called once per account, member, version and settings (guarantee 5). Opens no connection and
    /// starts no thread; the account before may still be serving (guarantee 6).
    ///
    /// @param context what the account may touch; taken back when the account is closed
    /// @throws RuntimeException the account cannot work with these settings: it is shown as down
    ///   with this text (or the upgrade is called off), other accounts go on
    Account open(AccountContext context);

    /// Checks what the settings' schema cannot say, such as two settings that exclude each other.
    ///
    /// Pure and quick: no network, no state. Asked before settings are saved, after the schema.
    ///
    /// @return what is wrong, one entry for each; empty when all is well
    default List<Problem> check(Settings settings) {
        return List.of();
    }
}
