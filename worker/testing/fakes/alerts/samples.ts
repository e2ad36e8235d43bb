/** Secrets of the channels that the fakes of the receivers take. None of them opens anything. */
export const BOT_TOKEN = "123456789:AAF-fake_token_of_the_fake_bot_0001";
export const WEBHOOK_SECRET = "whs-3f2b9c-secret-of-the-webhook";
export const CHAT_ID = "-100200300";
