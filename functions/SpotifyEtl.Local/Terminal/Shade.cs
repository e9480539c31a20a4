using Spectre.Console;

namespace SpotifyEtl.Local.Terminal;

/// <summary>What a colour says on a terminal; the number is its place in ANSI's sixteen.</summary>
internal enum Shade
{
    Bad = 1,
    Good = 2,
    Caution = 3,
    Active = 6,
    Faint = 8,
}

internal static class Shades
{
    private const int Bright = 8;

    extension(Shade shade)
    {
        public Color ToColor() => Color.FromInt32((int)shade);

        /// <summary>The code of ANSI's «select graphic rendition» for text.</summary>
        public int ToCode() => (int)shade < Bright ? 30 + (int)shade : 90 + (int)shade - Bright;
    }
}
