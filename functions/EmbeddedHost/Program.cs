using EmbeddedHost.CommandLine;

return await HostCommand.InvokeAsync(args);
