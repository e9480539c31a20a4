using SpotifyEtl.Local.CommandLine;

return await SpotifyEtlCommand.InvokeAsync(args);
