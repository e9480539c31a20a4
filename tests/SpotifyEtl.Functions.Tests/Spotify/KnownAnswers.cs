namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>Every status and body that Spotify is known to answer.</summary>
internal static class KnownAnswers
{
    public static IReadOnlyDictionary<string, Answer> All { get; } = new Dictionary<string, Answer>(StringComparer.Ordinal)
    {
        ["good"] = new Answer(200, """{"items":[{"item":{}},{"item":{}},{"item":{}}],"total":3,"offset":0}"""),
        ["401"] = Answer.Error(401, "The access token expired"),
        ["400"] = Answer.Error(400, "Invalid market code"),
        ["403"] = Answer.Error(403, "Forbidden"),
        ["403 premium"] = new Answer(403, "Active premium subscription required for the owner of the app.", "text/plain"),
        ["403 not listed"] = new Answer(403, "User not registered in the Developer Dashboard", "text/plain"),
        ["403 scope"] = Answer.Error(403, "Insufficient client scope"),
        ["404"] = Answer.Error(404, "Resource not found"),
        ["408"] = new Answer(408, ""),
        ["429 in 4 s"] = Answer.Limit("4"),
        ["429 in 30 s"] = Answer.Limit("30"),
        ["429 in 31 s"] = Answer.Limit("31"),
        ["429 in 48925 s"] = Answer.Limit("48925"),
        ["429 without a time"] = Answer.Limit(null),
        ["429 in 0 s"] = Answer.Limit("0"),
        ["429 at a date soon"] = Answer.Limit("Sun, 22 Nov 2026 06:00:50 GMT"),
        ["429 at a date late"] = Answer.Limit("Sun, 22 Nov 2026 08:00:30 GMT"),
        ["429 at a date gone by"] = Answer.Limit("Sun, 22 Nov 2026 05:00:00 GMT"),
        ["429 with nonsense"] = Answer.Limit("soon"),
        ["429 in plain text"] = new Answer(429, "Too many requests", "text/plain"),
        ["quota for 48925 s"] = Answer.Limit("48925", quota: true),
        ["quota for 5 s"] = Answer.Limit("5", quota: true),
        ["quota for 0 s"] = Answer.Limit("0", quota: true),
        ["429 in infinity"] = Answer.Limit("Infinity"),
        ["quota without a time"] = Answer.Limit(null, quota: true),
        ["500"] = Answer.Error(500, "Server error"),
        ["502 html"] = new Answer(502, "<html>Bad gateway</html>", "text/html"),
        ["503 plain"] = new Answer(503, "upstream connect error", "text/plain"),
        ["504 empty"] = new Answer(504, ""),
        ["truncated"] = new Answer(200, """{"items":[{"item":{}},{"it"""),
        ["empty"] = new Answer(200, ""),
        ["html"] = new Answer(200, "<html>Sign in</html>", "text/html"),
        ["cut off"] = new Answer(200, """{"items":[{"item":{}}""") { Fate = AnswerFate.CutOff },
        ["no answer"] = new Answer(200, "") { Fate = AnswerFate.NoAnswer },
    };
}
