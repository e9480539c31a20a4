using System.Diagnostics;

namespace SpotifyEtl.Local.Tests.Lake;

/// <summary>Makes in a folder what lies where files would and can be neither read nor kept under its name.</summary>
internal static class StrangeFiles
{
    /// <summary>A name that is too long by one byte for the tables of its file.</summary>
    public static string TooLong { get; } = new string('x', 228) + ".json";

    // Of 254 bytes, one of which is none of UTF-8: read, and written as UTF-8, it is longer than a name may be.
    private static string TooLongAsUtf8 { get; } = new('y', 248);

    /// <summary>What is wrong with each of those that <see cref="MakeAsync"/> makes, by a part of its name.</summary>
    public static IReadOnlyList<(string Part, string Fault)> All { get; } =
    [
        ("pipe.json", "it is a named pipe"),
        ("dangling.json", "it is a link to what is not there"),
        ("circle.json", "it is a link that leads in a circle"),
        ("back\\slash.json", "its name holds a backslash or a slash"),
        ("control", "its name holds a control character"),
        ("latin1", "its name is not UTF-8"),
        (TooLongAsUtf8, "its name is too long"),
        (TooLong, "its name is too long: song_artist_transformed_"),
    ];

    public static Task MakeAsync(string folder) => RunAsync(
        folder,
        [
            "mkfifo pipe.json",
            "ln -s nowhere dangling.json",
            "ln -s circle.json circle.json",
            "echo '[]' > 'back\\slash.json'",
            "echo '[]' > \"$(printf 'control\\001.json')\"",
            "echo '[]' > \"$(printf 'latin1\\351.json')\"",
            $"echo '[]' > {TooLong}",
            $"echo '[]' > \"$(printf '{TooLongAsUtf8}\\351.json')\"",
            "mkdir \"$(printf 'folder\\351.data')\"",
            $"mkdir \"$(printf '{TooLongAsUtf8}\\351.data')\"",
        ]);

    /// <summary>Makes two whose names read the same, of which one is UTF-8: it has the replacement character in its name.</summary>
    public static Task MakeTwinsAsync(string folder) => RunAsync(
        folder, ["echo readable > 'twin\uFFFD.json'", "echo 'not readable' > \"$(printf 'twin\\351.json')\""]);

    private static async Task RunAsync(string folder, string[] script)
    {
        Directory.CreateDirectory(folder);
        ProcessStartInfo start = new("sh", ["-c", string.Join(" && ", script)]) { WorkingDirectory = folder };
        using var made = Process.Start(start)!;
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, made.ExitCode);
    }

    /// <summary>Removes them, those too whose names .NET cannot say.</summary>
    public static void Remove(string folder)
    {
        using var removed = Process.Start("rm", ["-rf", folder]);
        removed.WaitForExit();
    }
}
