using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using SpotifyEtl;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Configuration.AddSettingDefaults();
builder.Services.AddSpotifyEtl(builder.Configuration);
builder.Build().Run();
