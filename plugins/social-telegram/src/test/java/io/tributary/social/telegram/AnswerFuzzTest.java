package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.tributary.spi.SendResult;

/// What an answer of the Bot API may look like that nobody has thought of.
class AnswerFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void everyAnswerHasAMeaning(byte[] body) {
        for (int status : new int[] {200, 400, 403, 429, 500}) {
            var answer =
                    BotAnswer.of(
                            Http.Answer.of(status).body(Bytes.wrap(body)), Sample.SECRET_TOKEN);
            assertThat(answer.retryAfter().isNegative()).isFalse();
            assertThat(answer.description()).doesNotContain(Sample.TOKEN);
            if (!answer.ok()) {
                assertThat(Refusals.of(answer)).isNotInstanceOf(SendResult.Accepted.class);
                assertThat(Troubles.of(answer)).isNotNull();
            }
        }
    }
}
