package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Conversation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How an account begins and ends.
final class OpenChecks {

    private final ContractSubject subject;

    OpenChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.bronze(
                        "open touches no network and starts no thread",
                        "Move what open() does with the network, threads or state to the first call that needs it.",
                        this::opensQuietly),
                Check.bronze(
                        "two accounts are open side by side",
                        "Keep nothing of an account in the channel or in static fields.",
                        this::opensTwice),
                Check.bronze(
                        "capabilities are quick and take a bare conversation",
                        "Answer capabilities() from settings and state, and expect null where Conversation says so.",
                        this::capabilities),
                Check.bronze(
                        "lines and slots are sane",
                        "Name each line once, and have at least one slot.",
                        this::lines),
                Check.bronze(
                        "close ends it and may come again",
                        "Let close() end within ten seconds, and do nothing the second time.",
                        this::closes));
    }

    private void opensQuietly() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            assertThat(account.account()).isNotNull();
            assertThat(host.calls()).as("HTTP calls while opening").isEmpty();
            assertThat(host.violations()).as("what open may not do").isEmpty();
        }
    }

    private void opensTwice() throws Exception {
        var channel = subject.channel();
        try (var host = new FakeHost();
                var stays = host.open(channel, subject.settings())) {
            try (var leaves = host.open(channel, subject.settings())) {
                assertThat(leaves.capabilities(subject.conversation()))
                        .as("capabilities beside another account")
                        .isNotNull();
            }
            assertThat(stays.capabilities(subject.conversation()))
                    .as("capabilities after the other account was closed")
                    .isNotNull();
        }
    }

    private void capabilities() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var bare = subject.conversation();
            for (var conversation : List.of(bare, full(host, bare))) {
                assertThat(account.capabilities(conversation)).as("capabilities").isNotNull();
                assertThat(account.capabilities(conversation).support("contract.unheard"))
                        .as("support of a content that nobody knows")
                        .isNotNull();
            }
            assertThat(host.violations()).as("what capabilities may not do").isEmpty();
        }
    }

    private void lines() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var lines = account.call(CallKind.LINES, () -> account.account().lines());
            assertThat(lines).extracting("id").as("ids of lines").doesNotHaveDuplicates();
            assertThat(account.account().slots()).as("slots").isPositive();
        }
    }

    private void closes() throws Exception {
        try (var host = new FakeHost()) {
            var account = subject.open(host);
            account.close();
            account.account().close();
        }
    }

    private static Conversation full(FakeHost host, Conversation bare) {
        return bare.lastFromCustomer(host.clock().instant().minus(Duration.ofDays(400)))
                .thread("a thread")
                .locale(Locale.forLanguageTag("ar-EG"));
    }
}
