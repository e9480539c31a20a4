namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>What happens to an answer on its way.</summary>
internal enum AnswerFate
{
    Arrives,
    NoAnswer,
    CutOff,
    NeverEnds,
    Trickles,
}
