using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.Terminal;

public sealed class CommandNameTests
{
    [Theory]
    [InlineData("/home/ann/etl/functions/SpotifyEtl.Local/bin/Debug/net10.0/spotify-etl", null, "dotnet run --project functions/SpotifyEtl.Local --")]
    [InlineData(
        "/usr/bin/dotnet", "/home/ann/etl/functions/SpotifyEtl.Local/bin/Debug/net10.0/spotify-etl.dll", "dotnet run --project functions/SpotifyEtl.Local --")]
    [InlineData("/srv/etl/functions/SpotifyEtl.Local/bin/Release/net10.0/spotify-etl", null, "dotnet run --project /srv/etl/functions/SpotifyEtl.Local --")]
    [InlineData("/home/ann/.dotnet/tools/.store/spotifyetl/1.0.0/spotifyetl/1.0.0/tools/net10.0/linux-x64/spotify-etl", null, "spotify-etl")]
    [InlineData("/home/ann/etl/tools/.store/spotifyetl/1.0.0/spotifyetl/1.0.0/tools/net10.0/linux-x64/spotify-etl", null, "tools/spotify-etl")]
    [InlineData("/home/ann/.nuget/packages/spotifyetl/1.0.0/tools/net10.0/linux-x64/spotify-etl", null, "dotnet spotify-etl")]
    [InlineData("/home/ann/etl/published/spotify-etl/spotify-etl", null, "published/spotify-etl/spotify-etl")]
    [InlineData("/home/ann/etl/spotify-etl", null, "./spotify-etl")]
    [InlineData("/opt/spotify-etl/spotify-etl", null, "/opt/spotify-etl/spotify-etl")]
    [InlineData("/usr/local/bin/spotify-etl", null, "spotify-etl")]
    [InlineData("/usr/bin/dotnet", "/opt/spotify-etl/spotify-etl.dll", "dotnet /opt/spotify-etl/spotify-etl.dll")]
    [InlineData(null, "/opt/spotify-etl/spotify-etl.dll", "spotify-etl")]
    public void The_program_is_called_as_it_was_started(string? program, string? assembly, string command) => Assert.Equal(
        command, CommandName.Of(program, assembly ?? program + ".dll", "/home/ann/etl", "/usr/local/bin/:/usr/bin:/home/ann/.dotnet/tools:"));

    [Theory]
    [InlineData("Run 'spotify-etl authorize' once.", "Run './s authorize' once.")]
    [InlineData("Usage: spotify-etl runs list [options]", "Usage: ./s runs list [options]")]
    [InlineData("Build them once: spotify-etl reprocess --months.", "Build them once: ./s reprocess --months.")]
    [InlineData("'spotify-etl --help' tells more", "'./s --help' tells more")]
    [InlineData("there is no file:lake/spotify-etl-project-demo yet", "there is no file:lake/spotify-etl-project-demo yet")]
    [InlineData(".spotify-etl is the state folder", ".spotify-etl is the state folder")]
    [InlineData("/opt/spotify-etl is a folder", "/opt/spotify-etl is a folder")]
    public void Only_commands_are_put_as_they_are_typed(string text, string typed) => Assert.Equal(typed, CommandName.In(text, "./s"));
}
