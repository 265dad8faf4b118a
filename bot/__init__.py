"""dailygrad: one deep-learning interview question a day, on Telegram."""
