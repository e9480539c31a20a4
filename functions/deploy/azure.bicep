metadata name = 'SpotifyEtl on Azure'
metadata description = 'The function app on Flex Consumption, with storage, secrets, telemetry and the identity that AWS trusts. No key and no connection string is in it.'

@description('The region: one that offers Flex Consumption and, where it is chosen, Durable Task Scheduler.')
param location string = resourceGroup().location

@description('What the names of the resources begin with: lower-case letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param name string = 'spotify-etl'

@description('Where Durable Functions keeps its checkpoints. With DurableTaskScheduler the app is published with -p:DurableBackend=DurableTaskScheduler.')
@allowed(['AzureStorage', 'DurableTaskScheduler'])
param durableBackend string = 'AzureStorage'

@description('When ScheduledRun starts a run: NCRONTAB with seconds, in UTC.')
param schedule string = '0 0 6 * * *'

@description('How old the last good run may be before /api/healthz answers 503, as days.hours:minutes:seconds: longer than the schedule pauses. 00:00:00: it does not matter.')
param healthMaxAge string = '1.02:00:00'

@description('The Spotify app\'s id.')
param spotifyClientId string

@description('The Spotify app\'s secret, for the key vault. Empty: the vault\'s stays.')
@secure()
param spotifyClientSecret string = ''

@description('Whether a user\'s refresh token is used, as apps in development mode need: spotify-etl authorize gets one.')
param spotifyUserSignIn bool = true

@description('The refresh token, for the key vault. Empty: the vault\'s stays.')
@secure()
param spotifyRefreshToken string = ''

@description('The day of the user\'s consent, such as 2026-11-22, so that the app warns before it ends.')
param spotifyAuthorizedAt string = ''

@description('The playlists: ids, URIs or links, with commas between them.')
param spotifyPlaylists string

@description('What else is loaded, such as me/tracks,me/player/recently-played, with commas between; needs spotifyRefreshToken; empty: nothing.')
param spotifySources string = ''

@description('Two letters of a country whose view of the playlists is taken; empty: none.')
param spotifyMarket string = ''

@description('s3://bucket[/prefix]; the output LakeUri of aws.yaml.')
param lakeUri string

@description('The region of the bucket, the crawlers and Athena.')
param awsRegion string

@description('The role that the app\'s identity assumes; the output AwsRoleArn of aws.yaml.')
param awsRoleArn string

@description('The application id URI that the role trusts tokens for; the parameter WebIdentityAudience of aws.yaml.')
param awsWebIdentityAudience string

@description('The Athena work group; the output AthenaWorkGroup of aws.yaml.')
param athenaWorkGroup string = 'primary'

@description('Whether Notify__WebhookUrl is taken from the key vault.')
param notify bool = false

@description('Where failures are posted to, for the key vault. Empty: the vault\'s stays.')
@secure()
param notifyWebhookUrl string = ''

@description('Days for which the histories of ended runs are kept.')
@minValue(1)
@maxValue(3650)
param keepDays int = 30

@description('The most instances that the app may scale to.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

var suffix = uniqueString(resourceGroup().id)
var useScheduler = durableBackend == 'DurableTaskScheduler'
var packages = 'packages'

// What a role may do is in Azure's own list of built-in roles.
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('st${replace(name, '-', '')}${suffix}', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = {
      name: packages
    }

    // Where Durable Functions Monitor looks for its map of the functions and its tabs.
    resource monitor 'containers' = {
      name: 'durable-functions-monitor'
    }
  }
}

resource storageRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [storageBlobDataOwner, storageQueueDataContributor, storageTableDataContributor]: {
    name: guid(storage.id, identity.id, role)
    scope: storage
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-${suffix}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
  }
}

resource clientSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(spotifyClientSecret)) {
  parent: vault
  name: 'Spotify--ClientSecret'
  properties: { value: spotifyClientSecret }
}

resource refreshToken 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(spotifyRefreshToken)) {
  parent: vault
  name: 'Spotify--RefreshToken'
  properties: { value: spotifyRefreshToken }
}

resource webhookUrl 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(notifyWebhookUrl)) {
  parent: vault
  name: 'Notify--WebhookUrl'
  properties: { value: notifyWebhookUrl }
}

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: 'log-${name}'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
  }
}

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = if (useScheduler) {
  name: 'dts-${name}-${suffix}'
  location: location
  properties: {
    sku: { name: 'Consumption' }
    // An empty list would refuse everybody; what opens the scheduler is the role, not the address.
    ipAllowlist: ['0.0.0.0/0']
  }

  resource taskHub 'taskHubs' = {
    name: 'spotifyetl'
  }
}

resource schedulerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (useScheduler) {
  name: guid(resourceGroup().id, 'scheduler', identity.id, durableTaskDataContributor)
  scope: scheduler
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${name}'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

// Not set, since their defaults are right here: AWS_ENDPOINT_URL and AWS_PROFILE (the AWS SDK's own), OTEL_EXPORTER_OTLP_ENDPOINT and
// OTEL_EXPORTER_OTLP_PROTOCOL (telemetry goes to Application Insights; set, it goes there too), and these of the app:
// generated: settings
// Athena__OutputUri ({lake}/athena_results/), Catalog__Database (spotify_database), Catalog__Crawlers (spotify_{table}_crawler of each table),
// Catalog__Timeout (00:30:00), Catalog__VerifyTables (true for a folder, false on S3), Lake__KmsKeyId (the bucket's), Lake__BucketOwner (none),
// Quality__MaxRejectedShare (0.5), Quality__MaxUnpackedBytes (4294967296), Spotify__ApiBaseUrl (Spotify's), Spotify__TokenUrl (Spotify's).
// end of settings
var settings = {
  AzureWebJobsStorage__accountName: storage.name
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  // Which of the app's identities the Azure SDK takes.
  AZURE_CLIENT_ID: identity.properties.clientId
  Schedule: schedule
  Runs__KeepDays: string(keepDays)
  Health__MaxAge: healthMaxAge
  Spotify__ClientId: spotifyClientId
  Spotify__ClientSecret: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=Spotify--ClientSecret)'
  Spotify__Playlists: spotifyPlaylists
  Spotify__Sources: spotifySources
  Spotify__Market: spotifyMarket
  Lake__Uri: lakeUri
  AWS_REGION: awsRegion
  Aws__RoleArn: awsRoleArn
  Aws__WebIdentityAudience: awsWebIdentityAudience
  Athena__WorkGroup: athenaWorkGroup
}

var userSettings = spotifyUserSignIn
  ? {
      Spotify__RefreshToken: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=Spotify--RefreshToken)'
      Spotify__AuthorizedAt: spotifyAuthorizedAt
    }
  : {}

var notifySettings = notify
  ? { Notify__WebhookUrl: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=Notify--WebhookUrl)' }
  : {}

var schedulerSettings = useScheduler
  ? {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.properties.endpoint};Authentication=ManagedIdentity;ClientID=${identity.properties.clientId}'
      TASKHUB_NAME: scheduler::taskHub.name
    }
  : {}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${name}-${suffix}'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: maximumInstances }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packages}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
      appSettings: map(
        items(union(settings, userSettings, notifySettings, schedulerSettings)),
        setting => { name: setting.key, value: setting.value }
      )
    }
  }
  dependsOn: [storageRoles, vaultRole, storage::blobs::container, clientSecret, refreshToken, webhookUrl]
}

resource scmPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource ftpPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

@description('Where the code is published to.')
output functionAppName string = app.name

@description('POST /api/runs and the rest, with a function key.')
output functionAppUrl string = 'https://${app.properties.defaultHostName}'

@description('Where the task hub is, and the files of Durable Functions Monitor.')
output storageAccountName string = storage.name

@description('Where secrets are changed.')
output keyVaultName string = vault.name

@description('The parameter TenantId of aws.yaml.')
output tenantId string = tenant().tenantId

@description('The parameter IdentityObjectId of aws.yaml.')
output identityObjectId string = identity.properties.principalId
