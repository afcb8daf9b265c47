package io.tributary.social.telegram;

import io.tributary.spi.Health;

/// What an operator is told when Telegram refuses the bot itself.
final class Troubles {

    private Troubles() {}

    static Health of(BotAnswer answer) {
        if (!answer.theirs()) {
            return Health.down("what answers at apiBase is not Telegram").action("check apiBase");
        }
        return switch (answer.code()) {
            case 401, 404 ->
                    Health.stopped(
                            "Telegram refuses the token of the bot",
                            "ask @BotFather for the token; it may have been replaced there");
            case 409 -> conflict(answer);
            case 429 -> Health.degraded("Telegram limits how fast this bot calls");
            default -> Health.down("Telegram answered " + answer.code());
        };
    }

    private static Health conflict(BotAnswer answer) {
        return answer.description().contains("webhook")
                ? webhookInTheWay()
                : Health.down("another program asks for the updates of this bot")
                        .action("end the other program, or replace the token at @BotFather");
    }

    static Health webhookInTheWay() {
        return Health.down("Telegram posts the updates of this bot to a webhook")
                .action("run the action " + Registration.REMOVE + ", or set updates to webhook");
    }
}
