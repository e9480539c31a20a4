using SpotifyEtl.Local.CommandLine;
using SpotifyEtl.Local.Terminal;

// Longer than the host's own time to stop.
return await SpotifyEtlCommand.InvokeAsync(args, Shell.OfProcess(), terminationTimeout: TimeSpan.FromSeconds(30));
