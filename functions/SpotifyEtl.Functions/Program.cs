using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using SpotifyEtl;
using SpotifyEtl.Runs;
using SpotifyEtl.Settings;

var builder = FunctionsApplication.CreateBuilder(args);
if (builder.Configuration["Functions:Worker:HostEndpoint"] is null)
{
    await Console.Error.WriteLineAsync(
        "This is the worker of a function app, which a Functions host starts: 'func start' where Azure Functions Core Tools are installed, "
        + "'dotnet run --project functions/EmbeddedHost -- FOLDER' for the folder that it was published to, or 'dotnet run --project "
        + "functions/SpotifyEtl.Local -- serve' for both in one program.");
    return 2;
}

builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<RunScopeMiddleware>();
builder.Configuration.AddSettingDefaults();
builder.Services.AddSpotifyEtl(builder.Configuration);
await builder.Build().RunAsync();
return 0;
